// The only file that touches `window.tocsin`.
import type { BridgeApi, BridgeArgument, BridgeReply, BridgeResult, Push } from '../shared/bridge.ts';
import type { BridgeCallName } from '../shared/bridge-names.ts';

declare global {
  interface Window {
    /** Put there by main/window/preload.ts; absent when the page is opened outside the app. */
    readonly tocsin?: BridgeApi;
  }
}

/** The code of a reply that never came: the app behind the window is gone or does not know the call. */
export const unreachable = 'unreachable';

/** Asks the app. Never rejects: a lost app is a reply with the code `unreachable`. */
export async function ask<Name extends BridgeCallName>(
  name: Name,
  argument: BridgeArgument<Name>,
): Promise<BridgeReply<BridgeResult<Name>>> {
  // The compiler cannot join name, argument and result of a union; the mapped type of the bridge has done it.
  const call = window.tocsin?.[name] as
    | ((argument: BridgeArgument<Name>) => Promise<BridgeReply<BridgeResult<Name>>>)
    | undefined;
  if (call === undefined) return { ok: false, error: { code: unreachable, message: `${name}: no app` } };
  try {
    return await call(argument);
  } catch (error) {
    return {
      ok: false,
      error: { code: unreachable, message: error instanceof Error ? error.message : name },
    };
  }
}

/** Hears what the app says unasked. Returns the remover. */
export function onPush(listener: (push: Push) => void): () => void {
  return window.tocsin?.onPush(listener) ?? (() => undefined);
}
