import type { TunnelEvents, TunnelTrouble } from '../../main/tunnel/provider.ts';
import { until } from './until.ts';

/** What an attempt said, in order. */
export class TunnelLog implements TunnelEvents {
  readonly urls: string[] = [];
  readonly troubles: TunnelTrouble[] = [];
  readonly onUp = (url: string): void => void this.urls.push(url);
  readonly onDown = (trouble: TunnelTrouble): void => void this.troubles.push(trouble);

  /** The first address, or the newest after `count` of them. */
  up(count = 1, limitMs = 10_000): Promise<string> {
    return until(() => {
      if (this.troubles[0] !== undefined) throw new Error(`down: ${JSON.stringify(this.troubles[0])}`);
      return this.urls[count - 1];
    }, limitMs);
  }

  down(limitMs = 10_000): Promise<TunnelTrouble> {
    return until(() => this.troubles[0], limitMs);
  }
}
