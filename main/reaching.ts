// The wiring of the way in: the tunnel, our own calls through it, what is heard, and when it was not. Runs in plain Node.
import { networkInterfaces, uptime as computerUptime } from 'node:os';
import type { Coverage, Gap } from '../shared/coverage.ts';
import type { Hearing } from '../shared/hearing.ts';
import type { ForwardedHeader } from '../shared/settings.ts';
import type { Texts } from '../shared/text/texts.ts';
import type { Proof, TunnelPlan, TunnelStatus, TunnelView } from '../shared/tunnel.ts';
import type { Desktop } from './app-parts.ts';
import type { Store } from './database/open-database.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { SourceStore } from './settings/source-store.ts';
import { TunnelPlanStore } from './settings/tunnel-plan.ts';
import { noKeyring, TunnelSecrets } from './settings/tunnel-secret.ts';
import { awakeMs, bootId } from './system/computer-run.ts';
import { NetworkWatch } from './system/network.ts';
import { hearingOf } from './tunnel/hearing.ts';
import { HearingWatch } from './tunnel/hearing-watch.ts';
import { callOurselves } from './tunnel/probe-call.ts';
import { createProgramLookup } from './tunnel/programs.ts';
import { createProviders } from './tunnel/providers.ts';
import { isBarePort } from './tunnel/ssh-command.ts';
import { Tunnel } from './tunnel/tunnel.ts';
import { ProbePasses } from './webhook/probe-route.ts';
import { headerOf } from './webhook/sender-address.ts';

export interface ReachingParts {
  readonly db: Store;
  readonly dataDir: string;
  readonly version: string;
  /** Names this run of the program; when a damaged store is replaced it goes on. */
  readonly run: string;
  readonly settings: SettingsStore;
  readonly sources: SourceStore;
  /** Null: headless. */
  readonly desktop: Desktop | null;
  /** Where the listener is; null while that port is not ours. */
  readonly port: () => number | null;
  readonly isOnCall: () => boolean;
  readonly texts: () => Texts;
  /** Epoch ms. */
  readonly now: () => number;
  /** Monotonic ms of this process. */
  readonly elapsed: () => number;
  /** What is heard, and why not, is another thing now. */
  readonly onHearing: () => void;
  /** A call of our own came back or was given up. */
  readonly onProof: () => void;
  /** The tunnel's state or address is another one now. */
  readonly onTunnel: () => void;
  readonly onGapEnd: (gap: Gap) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Reaching {
  readonly watch: HearingWatch;
  readonly tunnel: Tunnel;
  readonly passes: ProbePasses;
  readonly network: NetworkWatch;
  readonly hearing: () => Hearing;
  /** Null: no way in from outside was chosen. */
  readonly status: () => TunnelStatus | null;
  readonly view: () => Promise<TunnelView>;
  /** Now, whatever was due when: brings the tunnel up when it is down, and calls our public address when there is one. */
  readonly probeNow: () => Promise<Proof>;
  /** Where senders outside call; null while there is no such place. */
  readonly publicUrl: () => string | null;
  /** Whether that place was proven to lead here. */
  readonly isProven: () => boolean;
  /** Which header names the sender; with another plan or another setting when they are given. */
  readonly headerWith: (change: {
    readonly plan?: TunnelPlan;
    readonly setting?: ForwardedHeader;
  }) => ForwardedHeader;
  readonly coverage: (days: number) => Coverage;
  /** Once a second, beside the watch's own. */
  readonly tick: () => void;
  readonly stop: () => Promise<void>;
}

export function createReaching(parts: ReachingParts): Reaching {
  const { db, dataDir, version, settings, sources, desktop, port, now, elapsed, onFault } = parts;
  const uptime = (): number => computerUptime() * 1000;
  const passes = new ProbePasses(elapsed);
  const plans = new TunnelPlanStore(db);
  const network = new NetworkWatch({
    interfaces: networkInterfaces,
    onChange: () => {
      watch.noteNetwork();
      tunnel.retryNow();
    },
  });
  const hasNetwork = (): boolean => network.hasNetwork !== false;
  const tunnel = new Tunnel({
    ...createProviders(dataDir),
    plans,
    secrets: new TunnelSecrets(dataDir, desktop?.keyring ?? noKeyring),
    programs: createProgramLookup(elapsed),
    port,
    now,
    elapsed,
    onChange: () => {
      watch.learn();
      parts.onTunnel();
    },
    onFault,
  });
  const watch = new HearingWatch({
    db,
    dataDir,
    version,
    process: parts.run,
    boot: bootId(),
    now,
    elapsed: awakeMs,
    uptime,
    sources: () => sources.list(),
    way: () => tunnel.state,
    hasNetwork,
    isOnCall: parts.isOnCall,
    call: (publicUrl) =>
      callOurselves(
        { issue: () => passes.issue(), localPort: () => port() ?? 0, hasNetwork, version, elapsed },
        publicUrl,
      ),
    onHearing: parts.onHearing,
    onProof: () => {
      if (watch.proof.finding === 'reached' && tunnel.state?.publicUrl === plans.newestUrl) noteProven();
      parts.onProof();
    },
    onGapEnd: parts.onGapEnd,
    onFault,
  });
  desktop?.onSleep(() => watch.noteSuspend());
  desktop?.onWake(() => {
    watch.noteResume();
    tunnel.retryNow();
  });
  desktop?.onShutdown(() => watch.noteShutdown());

  /** Only an address that has ever led here has to be told anew when it changes. */
  const noteProven = (): void => {
    try {
      plans.noteProven();
    } catch (error) {
      onFault(error);
    }
  };
  const status = (): TunnelStatus | null => {
    const { state } = tunnel;
    return state === null ? null : { ...state, proof: watch.proof };
  };
  return {
    watch,
    tunnel,
    passes,
    network,
    hearing: () => hearingOf(watch.facts, parts.texts()),
    status,
    view: () => tunnel.view(status()),
    probeNow: () => {
      tunnel.retryNow();
      return watch.probeNow();
    },
    // While it is down monitors go on calling what they were told.
    publicUrl: () => (tunnel.state?.state === 'down' ? plans.newestUrl : (tunnel.state?.publicUrl ?? null)),
    // After a single miss we still call it hearing; a secret is not sent to whoever has just given another answer.
    isProven: () => watch.facts.wayIn?.standing === 'proven' && watch.proof.misses === 0,
    // At a bare port only the sender itself could have written it.
    headerWith: ({ plan = plans.plan, setting = settings.current.forwardedHeader }) =>
      isBarePort(plan) ? 'none' : headerOf(plan.kind, setting),
    coverage: (days) =>
      watch.coverage(
        days,
        sources.list().map(({ id, name, lastDeliveryAt }) => ({ id, name, lastHeardAt: lastDeliveryAt })),
      ),
    tick: () => {
      network.tick();
      tunnel.tick();
      const standing = watch.facts.wayIn?.standing;
      if (standing === 'unreachable' || standing === 'wrong-answer') tunnel.noteSilence();
    },
    stop: async () => {
      watch.stop();
      await tunnel.stop();
    },
  };
}
