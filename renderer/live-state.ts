// What the window knows, and how it follows the app: a snapshot, then changes with a higher revision.
import type { Alert, AlertChange, AlertId } from '../shared/alert.ts';
import type { Health, Push, Snapshot } from '../shared/bridge.ts';
import type { Settings } from '../shared/settings.ts';
import type { Source } from '../shared/source.ts';

export interface LiveState {
  readonly link: 'connecting' | 'live' | 'unreachable';
  readonly revision: number;
  /** Unresolved alerts, and those that were resolved while the window watched (the newest 500 of them). */
  readonly alerts: ReadonlyMap<AlertId, Alert>;
  /** Rises when an alert's timeline has grown without a change of the alert, e.g. by a notification. */
  readonly timelineTicks: ReadonlyMap<AlertId, number>;
  readonly health: Health | null;
  readonly sources: readonly Source[];
  readonly settings: Settings | null;
}

export const disconnected: LiveState = {
  link: 'connecting',
  revision: -1,
  alerts: new Map(),
  timelineTicks: new Map(),
  health: null,
  sources: [],
  settings: null,
};

const keptResolved = 500;

/** Starts over from a snapshot. Resolved alerts that the window still shows are kept, so that nothing vanishes. */
export function fromSnapshot(before: LiveState, snapshot: Snapshot): LiveState {
  const alerts = new Map<AlertId, Alert>();
  for (const alert of before.alerts.values()) if (alert.state === 'resolved') alerts.set(alert.id, alert);
  for (const alert of snapshot.alerts) alerts.set(alert.id, alert);
  return {
    link: 'live',
    revision: snapshot.revision,
    alerts,
    timelineTicks: new Map(),
    health: snapshot.health,
    sources: snapshot.sources,
    settings: snapshot.settings,
  };
}

export interface Applied {
  readonly state: LiveState;
  /** The changes that were news, in order. */
  readonly changes: readonly AlertChange[];
  /** A change in between was missed: the caller asks for a new snapshot. */
  readonly gap: boolean;
}

/** Applies what was pushed since the last time, in order. Old revisions are ignored. */
export function applyPushes(before: LiveState, pushes: readonly Push[]): Applied {
  let state = before;
  let gap = false;
  const news: AlertChange[] = [];
  for (const push of pushes) {
    switch (push.type) {
      case 'changes': {
        const fresh = push.changes.filter((change) => change.revision > state.revision);
        const first = fresh[0];
        const last = fresh.at(-1);
        if (first === undefined || last === undefined) break;
        if (first.revision > state.revision + 1) gap = true;
        const alerts = new Map(state.alerts);
        for (const change of fresh) {
          // Deleted first, so that the map's order is the order of the last change and the oldest can be dropped.
          if (change.alert.state === 'resolved') alerts.delete(change.alert.id);
          alerts.set(change.alert.id, change.alert);
        }
        news.push(...fresh);
        state = { ...state, alerts: withoutOldResolved(alerts), revision: last.revision };
        break;
      }
      case 'timeline': {
        const ticks = new Map(state.timelineTicks);
        for (const id of push.alertIds) ticks.set(id, (ticks.get(id) ?? 0) + 1);
        state = { ...state, timelineTicks: ticks };
        break;
      }
      case 'health':
        state = { ...state, health: push.health };
        break;
      case 'sources':
        state = { ...state, sources: push.sources };
        break;
      case 'settings':
        state = { ...state, settings: push.settings };
        break;
      case 'show-alert':
      case 'show-list':
      case 'show-screen':
      case 'reload':
        break;
    }
  }
  return { state, changes: news, gap };
}

function withoutOldResolved(alerts: Map<AlertId, Alert>): Map<AlertId, Alert> {
  const resolved: AlertId[] = [];
  for (const alert of alerts.values()) if (alert.state === 'resolved') resolved.push(alert.id);
  for (const id of resolved.slice(0, Math.max(0, resolved.length - keptResolved))) alerts.delete(id);
  return alerts;
}
