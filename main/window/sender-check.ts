// Who may knock at the bridge (security checklist 17). Pure: the door reads the frame, this file judges it.
import { appOrigin } from './renderer-files.ts';

/** What the door saw of the sending frame, read synchronously: later the frame may be gone (Electron 33 and newer). */
export interface SenderFrame {
  /** Serialised origin, `null` for an opaque one. */
  readonly origin: string;
  readonly url: string;
  readonly isTop: boolean;
  /** The frame's page lives in our window, not in some other web contents. */
  readonly isOurWindow: boolean;
}

export type SenderVerdict = 'trusted' | 'no-frame' | 'not-our-window' | 'not-top-frame' | 'foreign-origin';

/** A frame that is gone already is refused: nobody waits for its answer. */
export function judgeSender(frame: SenderFrame | null): SenderVerdict {
  if (frame === null) return 'no-frame';
  if (!frame.isOurWindow) return 'not-our-window';
  if (!frame.isTop) return 'not-top-frame';
  if (frame.origin !== appOrigin || !frame.url.startsWith(`${appOrigin}/`)) return 'foreign-origin';
  return 'trusted';
}
