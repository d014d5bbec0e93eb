// One interface for every way in from outside. A provider runs one attempt; the supervisor (tunnel.ts) tries again.
import type { TunnelTroubleCode } from '../../shared/tunnel.ts';

/** Why an attempt ended or could not begin. `detail` is what the far end or program said, secrets removed. */
export interface TunnelTrouble {
  readonly code: TunnelTroubleCode;
  readonly detail: string | null;
  /** False: the same attempt would end the same way until a person changes something. */
  readonly retry: boolean;
}

export interface TunnelEvents {
  /** It carries requests to this address; may come again with another one. */
  readonly onUp: (publicUrl: string) => void;
  /** The attempt is over; comes once, and never after `stop`. */
  readonly onDown: (trouble: TunnelTrouble) => void;
}

/** One attempt. */
export interface RunningTunnel {
  /** Ends the attempt and everything that it started; rejects nothing, ends within two seconds. */
  stop(): Promise<void>;
}

export interface TunnelProvider {
  /**
   * Starts forwarding what comes in outside to 127.0.0.1:`port`. Trouble comes by `onDown`; what is thrown counts as `failed`.
   */
  start(port: number, events: TunnelEvents): RunningTunnel;
}
