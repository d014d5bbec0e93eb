// The window's door to the app, and the only ipcMain in the program: who asks, what is asked, and how large it is are
// checked here; name and argument again in callBridge, the same way as for the control socket.
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import type { BridgeReply, Push } from '../../shared/bridge.ts';
import { callChannel, pushChannel } from '../../shared/bridge-names.ts';
import { type BridgeHandlers, callBridge } from './bridge-call.ts';
import { judgeSender, type SenderFrame } from './sender-check.ts';

/** Characters of JSON. The largest honest argument is 100,000 characters of text to copy. */
const largestArgument = 256 * 1024;

export interface BridgeDoorOptions {
  /** The page in our window, null while there is none. */
  readonly page: () => WebContents | null;
  /** Settles when the app has started; a window may be there sooner and simply waits. */
  readonly handlers: () => Promise<BridgeHandlers>;
  /** A caller that was refused, or a handler that crashed. */
  readonly onTrouble: (what: string, error: unknown) => void;
}

export interface BridgeDoor {
  /**
   * Sends to the page if there is one. Nothing is queued, because a new page asks `watch`; only where to go (`show-alert`,
   * `show-list`), which no snapshot contains, waits until the page has asked.
   */
  readonly push: (push: Push) => void;
}

export function openBridgeDoor(options: BridgeDoorOptions): BridgeDoor {
  const watching = new WeakSet<WebContents>();
  let waiting: Push | null = null;

  const isPageWatching = (): boolean => {
    const page = options.page();
    return page !== null && !page.isLoadingMainFrame() && !page.isCrashed() && watching.has(page);
  };

  const push = (message: Push): void => {
    const page = options.page();
    const saysWhere =
      message.type === 'show-alert' || message.type === 'show-list' || message.type === 'show-screen';
    if (saysWhere && !isPageWatching()) waiting = message;
    else if (page !== null && !page.isCrashed()) page.send(pushChannel, message);
  };

  const answer = async (
    event: IpcMainInvokeEvent,
    name: unknown,
    argument: unknown,
  ): Promise<BridgeReply<unknown>> => {
    const verdict = judgeSender(readFrame(event, options.page()));
    if (verdict !== 'trusted') {
      options.onTrouble(`bridge call refused: ${verdict}`, null);
      return refuse('not-allowed', 'This page may not ask.');
    }
    const checked = plainArgument(argument);
    if (!checked.ok) return checked;
    const reply = await callBridge(await options.handlers(), String(name), checked.result, (error) =>
      options.onTrouble(`bridge call ${String(name).slice(0, 60)} crashed`, error),
    );
    if (name === 'watch' && reply.ok) {
      watching.add(event.sender);
      if (waiting !== null && event.sender === options.page()) {
        event.sender.send(pushChannel, waiting);
        waiting = null;
      }
    }
    return reply;
  };

  ipcMain.handle(callChannel, answer);
  return { push };
}

function readFrame(event: IpcMainInvokeEvent, page: WebContents | null): SenderFrame | null {
  const frame = event.senderFrame;
  if (frame === null) return null;
  return {
    origin: frame.origin,
    url: frame.url,
    isTop: frame.parent === null,
    isOurWindow: page !== null && event.sender === page,
  };
}

/** Both doors take JSON: IPC could carry maps, dates and cycles, the control socket could not. No argument is `{}`. */
function plainArgument(argument: unknown): BridgeReply<unknown> {
  let text: string | undefined;
  try {
    text = JSON.stringify(argument ?? {});
  } catch {
    text = undefined;
  }
  if (text === undefined) return refuse('bad-argument', 'The argument is not JSON.');
  if (text.length > largestArgument) return refuse('argument-too-large', 'The argument is too large.');
  return { ok: true, result: JSON.parse(text) };
}

function refuse(code: string, message: string): BridgeReply<never> {
  return { ok: false, error: { code, message } };
}
