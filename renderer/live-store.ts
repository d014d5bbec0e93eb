// Joins the snapshot to the stream and tells React. One per window.
import type { AlertChange } from '../shared/alert.ts';
import type { BridgeReply, Push, Snapshot } from '../shared/bridge.ts';
import { applyPushes, disconnected, fromSnapshot, type LiveState } from './live-state.ts';

/** How long pushes are gathered before the window is drawn again: one frame of a busy second. */
const gatherMs = 30;
/** How long to wait before asking a silent app again. */
const retryMs = 2000;

/** Where to go: an alert, all alerts in one place, or another screen. */
export type ShowPush = Extract<Push, { type: 'show-alert' | 'show-list' | 'show-screen' }>;

export interface LiveStore {
  readonly state: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes as they are applied, for the live region. */
  readonly onChanges: (listener: (changes: readonly AlertChange[]) => void) => () => void;
  /** The app asks to show something (a notification was clicked). Asked for before anyone listened: delivered on listening. */
  readonly onShow: (listener: (what: ShowPush) => void) => () => void;
  /** Asks for a snapshot, now. */
  readonly reload: () => void;
}

/** `watch` and `onPush` are the bridge's; pushes are heard from the first moment, so none is lost in between. */
export function createLiveStore(
  watch: () => Promise<BridgeReply<Snapshot>>,
  onPush: (listener: (push: Push) => void) => () => void,
): LiveStore {
  let state = disconnected;
  let waiting: Push[] = [];
  let asking = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wanted: ShowPush | null = null;
  const listeners = new Set<() => void>();
  const changeListeners = new Set<(changes: readonly AlertChange[]) => void>();
  const showListeners = new Set<(what: ShowPush) => void>();

  const set = (next: LiveState): void => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };

  const apply = (): void => {
    timer = null;
    // Until the snapshot is there, pushes wait: a change cannot be judged without the revision it follows.
    if (asking || state.link !== 'live') return;
    const applied = applyPushes(state, waiting);
    waiting = [];
    set(applied.state);
    if (applied.changes.length > 0) for (const listener of changeListeners) listener(applied.changes);
    if (applied.gap) reload();
  };

  const reload = (): void => {
    if (asking) return;
    asking = true;
    void watch().then((reply) => {
      asking = false;
      if (reply.ok) {
        set(fromSnapshot(state, reply.result));
        apply();
      } else {
        waiting = [];
        set({ ...state, link: 'unreachable' });
        setTimeout(reload, retryMs);
      }
    });
  };

  onPush((push) => {
    if (push.type === 'show-alert' || push.type === 'show-list' || push.type === 'show-screen') {
      wanted = push;
      for (const listener of showListeners) {
        listener(push);
        wanted = null;
      }
      return;
    }
    if (push.type === 'reload') {
      reload();
      return;
    }
    waiting.push(push);
    timer ??= setTimeout(apply, gatherMs);
  });
  reload();

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChanges: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onShow: (listener) => {
      showListeners.add(listener);
      if (wanted !== null) {
        listener(wanted);
        wanted = null;
      }
      return () => showListeners.delete(listener);
    },
    reload,
  };
}
