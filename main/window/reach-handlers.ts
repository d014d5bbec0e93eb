// The calls about being reached: the way in, its proof, when nothing was heard, and on call.
import type { Coverage } from '../../shared/coverage.ts';
import type { HandOver } from '../../shared/on-call.ts';
import type { ForwardedHeader } from '../../shared/settings.ts';
import type { RefusalText } from '../../shared/text/refusal-text.ts';
import type { TunnelText } from '../../shared/text/tunnel-text.ts';
import type { Proof, TunnelPlan, TunnelView } from '../../shared/tunnel.ts';
import { longestShiftMs, type OnCallMode } from '../on-call/on-call.ts';
import { checkForwardedHeader } from '../settings/source-rules.ts';
import type { SourceStore } from '../settings/source-store.ts';
import { askHostKeys } from '../tunnel/programs.ts';
import type { Tunnel } from '../tunnel/tunnel.ts';
import { BridgeFailure, type BridgeHandlers } from './bridge-call.ts';
import { createRefusing } from './refusing.ts';

export interface ReachHandlerParts {
  readonly reaching: {
    readonly tunnel: Tunnel;
    readonly view: () => Promise<TunnelView>;
    readonly probeNow: () => Promise<Proof>;
    /** Which header would name the sender, with this plan and this setting instead of those that hold. */
    readonly headerWith: (change: {
      readonly plan?: TunnelPlan;
      readonly setting?: ForwardedHeader;
    }) => ForwardedHeader;
    readonly coverage: (days: number) => Coverage;
  };
  readonly onCall: Pick<OnCallMode, 'state' | 'switchOn' | 'switchOff'>;
  readonly handOver: () => HandOver;
  readonly sources: SourceStore;
  readonly now: () => number;
  readonly refusalText: () => RefusalText;
  readonly tunnelText: () => TunnelText;
}

type ReachCall =
  | 'getTunnel'
  | 'setTunnel'
  | 'hostKeys'
  | 'probeNow'
  | 'addressPasted'
  | 'coverage'
  | 'setOnCall'
  | 'handOver';

/** Calendar days that `coverage` tells of when it is not said. */
const usualDays = 30;

export function createReachHandlers(parts: ReachHandlerParts): Pick<BridgeHandlers, ReachCall> {
  const { reaching, onCall, sources } = parts;
  const { tunnel } = reaching;
  const { refusing, refusingLater } = createRefusing(parts.refusalText);
  return {
    getTunnel: () => reaching.view(),
    setTunnel: async (choice) => {
      const header = reaching.headerWith({ plan: choice.plan });
      const refusal = checkForwardedHeader(header, sources.list(), parts.refusalText());
      if (refusal !== null) throw new BridgeFailure(refusal.code, refusal.message);
      await refusingLater(tunnel.set(choice));
      return reaching.view();
    },
    hostKeys: async (host) => {
      const keys = await askHostKeys(host);
      if (keys === null)
        throw new BridgeFailure('program-missing', parts.tunnelText().trouble['program-missing']);
      return [...keys];
    },
    probeNow: () => reaching.probeNow(),
    addressPasted: () => {
      refusing(() => tunnel.addressPasted());
      return null;
    },
    coverage: ({ days = usualDays }) => refusing(() => reaching.coverage(days)),
    setOnCall: ({ on, until = null }) => {
      const aheadMs = until === null ? 1 : until - parts.now();
      if (on && aheadMs <= 0) throw new BridgeFailure('bad-argument', '`until` is in the past.');
      if (on && aheadMs > longestShiftMs)
        throw new BridgeFailure('bad-argument', '`until` is more than 14 days ahead.');
      if (on) refusing(() => onCall.switchOn(until));
      // Off it is all the same, so it must not be said that nothing was changed.
      else
        refusing(
          () => onCall.switchOff(),
          (text) => text.offNotWritten,
        );
      return onCall.state;
    },
    handOver: () => refusing(() => parts.handOver()),
  };
}
