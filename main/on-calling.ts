// The wiring of on call: from what the app has to the mode, its warnings and its hand-over. Runs in plain Node.
import type { Gap } from '../shared/coverage.ts';
import type { HandOver } from '../shared/on-call.ts';
import type { Texts } from '../shared/text/texts.ts';
import type { OpenAlerts } from './alerts/open-alerts.ts';
import type { Desktop } from './app-parts.ts';
import type { Store } from './database/open-database.ts';
import type { Announcer } from './notifications/announcer.ts';
import { handOver } from './on-call/hand-over.ts';
import { noisyProblems } from './on-call/noisy-problems.ts';
import { OnCallMode } from './on-call/on-call.ts';
import { callOutside } from './on-call/outside-call.ts';
import { Shifts } from './on-call/shifts.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { SourceStore } from './settings/source-store.ts';

export interface OnCallingParts {
  readonly db: Store;
  readonly settings: SettingsStore;
  readonly sources: SourceStore;
  readonly openAlerts: OpenAlerts;
  readonly announcer: Announcer;
  /** Null: headless. */
  readonly desktop: Desktop | null;
  readonly isHearing: () => boolean;
  /** Null: nobody knows. */
  readonly hasNetwork: () => boolean | null;
  /** Those that touch the time from `from` (epoch ms) on. */
  readonly gapsSince: (from: number) => readonly Gap[];
  /** Since when gaps are written down, epoch ms. */
  readonly ledgerSince: () => number;
  readonly texts: () => Texts;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly onState: () => void;
  readonly onFault: (error: unknown) => void;
}

export interface OnCalling {
  readonly mode: OnCallMode;
  readonly handOver: () => HandOver;
}

export function createOnCalling(parts: OnCallingParts): OnCalling {
  const { db, settings, openAlerts, announcer, desktop, texts, now } = parts;
  const mode = new OnCallMode({
    shifts: new Shifts(db),
    settings: () => settings.current,
    isHearing: parts.isHearing,
    criticals: () => [...openAlerts.alerts()].filter(({ priority }) => priority === 'critical').length,
    power: desktop?.power ?? (() => Promise.resolve({ supply: 'unknown', batteryPercent: null })),
    hasNetwork: parts.hasNetwork,
    keepAwake: desktop?.keepAwake ?? null,
    callOutside: (url) => callOutside(url),
    now,
    elapsed: parts.elapsed,
    onState: parts.onState,
    onWarnings: (warnings) => announcer.followWarnings(warnings),
    onOver: () => announcer.offerHandOver(),
    onFault: parts.onFault,
  });
  desktop?.onSleep(() => mode.goingToSleep());
  desktop?.onWake(() => mode.woke());
  return {
    mode,
    handOver: () => {
      const { span } = mode;
      return handOver(
        {
          span,
          now: now(),
          alerts: [...openAlerts.alerts()],
          noisy: noisyProblems(db, span),
          sourceName: (id) => parts.sources.nameAndKind(id).name,
          gaps: parts.gapsSince(span.from),
          ledgerSince: parts.ledgerSince(),
        },
        texts(),
      );
    },
  };
}
