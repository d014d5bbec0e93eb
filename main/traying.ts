// The wiring of the tray: what it is drawn from, and what its menu does. Runs in plain Node.
import type { Texts } from '../shared/text/texts.ts';
import type { Actions } from './alerts/actions.ts';
import type { OpenAlerts } from './alerts/open-alerts.ts';
import type { Addresses } from './addresses.ts';
import type { Desktop } from './app-parts.ts';
import type { Announcer } from './notifications/announcer.ts';
import { nextMorning } from './notifications/quiet.ts';
import type { OnCallMode } from './on-call/on-call.ts';
import type { Reaching } from './reaching.ts';
import type { SourceStore } from './settings/source-store.ts';
import { trayFace } from './tray/tray-face.ts';
import type { TrayAction, TrayFace } from './tray/tray-view.ts';
import type { BridgeHandlers } from './window/bridge-call.ts';

export interface TrayingParts {
  /** Null: headless, and nothing is drawn. */
  readonly desktop: Desktop | null;
  readonly actions: Actions;
  readonly openAlerts: OpenAlerts;
  readonly sources: SourceStore;
  readonly addresses: Addresses;
  readonly announcer: Announcer;
  readonly reaching: Pick<Reaching, 'hearing' | 'status'>;
  readonly onCall: Pick<OnCallMode, 'state'>;
  readonly handlers: () => BridgeHandlers;
  readonly texts: () => Texts;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

export interface Traying {
  /** Something that the tray shows is another thing now. Throws nothing. */
  readonly render: () => void;
  readonly act: (action: TrayAction) => void;
}

const minuteMs = 60_000;

export function createTraying(parts: TrayingParts): Traying {
  const { desktop, actions, openAlerts, sources, addresses, announcer, reaching, onCall, now } = parts;
  const look = (): TrayFace =>
    trayFace({
      unresolved: openAlerts.alerts(),
      hearing: reaching.hearing(),
      hearsOutside: reaching.status() !== null,
      notificationsFail: announcer.health.state === 'failing',
      quiet: announcer.quiet,
      onCall: onCall.state,
      texts: parts.texts(),
      lastDeliveryAt: Math.max(0, ...sources.list().map((source) => source.lastDeliveryAt ?? 0)) || null,
      webhookUrlKnown: addresses.newest() !== null,
    });

  const act = async (action: TrayAction): Promise<void> => {
    const handlers = parts.handlers();
    switch (action.kind) {
      case 'show-window':
        return desktop?.showWindow(null);
      case 'show-alert':
        return desktop?.showWindow(action.id);
      case 'show-screen':
        return desktop?.showScreen(action.screen);
      case 'acknowledge':
        return void actions.act(action.ids, { kind: 'acknowledge', note: null });
      case 'copy-webhook-url': {
        const address = addresses.newest();
        if (address !== null) await desktop?.copyText(address.url);
        return;
      }
      case 'send-test-alert':
        return void (await handlers.sendTestAlert({}));
      case 'quiet-minutes':
        return void (await handlers.setQuiet({ until: now() + action.minutes * minuteMs }));
      case 'quiet-until-morning':
        return void (await handlers.setQuiet({ until: nextMorning(now()) }));
      case 'end-quiet':
        return void (await handlers.setQuiet({ until: null }));
      case 'on-call':
        return void (await handlers.setOnCall({ on: true, until: endOf(action.until) }));
      case 'end-on-call':
        return void (await handlers.setOnCall({ on: false }));
      case 'quit':
        return desktop?.quit();
    }
  };

  const endOf = (until: Extract<TrayAction, { kind: 'on-call' }>['until']): number | null => {
    if (until === null) return null;
    return until === 'morning' ? nextMorning(now()) : now() + 8 * 60 * minuteMs;
  };

  return {
    render: () => {
      try {
        desktop?.tray.render(look);
      } catch (error) {
        // Drawn from within commits and the start: an icon that cannot be drawn must undo neither.
        parts.onFault(error);
      }
    },
    act: (action) => void act(action).catch(parts.onFault),
  };
}
