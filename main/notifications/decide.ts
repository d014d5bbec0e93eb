// Whether a change may disturb. Pure: the same change in the same context always gives the same decision.
//
//   change                        critical, medium                      low
//   opened, reopened              show (reopened by a person: silent)   low-priority
//   level-rose                    show, at the new level                low-priority
//   snooze-ended                  show, once                            low-priority
//   repeated                      repeat                                repeat
//   level-fell, level-changed     silent (see `fell` below)             silent
//   acknowledged, snoozed         silent, the toast goes                silent
//   resolved                      silent, the toast goes                silent
//   unacknowledged, unsnoozed     silent: the person who did it knows   silent
//   noted                         silent                                silent
//   any, by a test message        silent                                silent
//
// On top: what would be shown is withheld while it is quiet, while the person looks at the list, and for an alert that is
// acknowledged or snoozed after the change. Product: "Priority" and "Life of an alert", 1 to 13. The sound is decided with
// the toast: what is withheld is silent, but for a critical alert whose row the person sees, which sounds once.
import type { Alert, AlertChange } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Quiet } from '../../shared/bridge.ts';
import type { Priority } from '../../shared/priority.ts';
import type { SoundName } from '../../shared/sound.ts';

export type ShowReason = 'opened' | 'reopened' | 'level-rose' | 'snooze-ended';

export type WithholdReason =
  | 'low-priority'
  | Quiet['reason']
  | 'window-watched'
  | 'repeat'
  | 'level-fell'
  | 'level-changed'
  | 'acknowledged'
  | 'snoozed'
  | 'undone-by-person'
  | 'note'
  | 'recovered'
  | 'closed-by-user'
  | 'closed-by-time'
  | 'superseded'
  | 'test-message';

/** `closeToast`: a toast of this alert that is still up says something that no longer holds. `sound`: null is silence. */
export type Decision =
  | { readonly act: 'show'; readonly reason: ShowReason; readonly sound: SoundName | null }
  | {
      readonly act: 'withhold';
      readonly reason: WithholdReason;
      readonly closeToast: boolean;
      readonly sound: SoundName | null;
    };

export interface DecisionContext extends QuietContext {
  /** The window has the focus and shows the list. */
  readonly watched: boolean;
}

export interface QuietContext {
  /** Why it is quiet, or null. */
  readonly quiet: Quiet['reason'] | null;
  /** The setting that lets critical alerts through. */
  readonly criticalInQuiet: boolean;
}

export function decide(change: AlertChange, context: DecisionContext): Decision {
  if (change.reason === 'test-message') return withhold('test-message');
  switch (change.kind) {
    case 'reopened':
      if (change.cause === 'person') return withhold('undone-by-person');
      return disturb(change.kind, change, context);
    case 'opened':
    case 'level-rose':
    case 'snooze-ended':
      return disturb(change.kind, change, context);
    case 'repeated':
      return withhold('repeat');
    case 'level-fell':
      return fell(change);
    case 'level-changed':
      return withhold('level-changed');
    case 'acknowledged':
      return withholdAndClose('acknowledged');
    case 'snoozed':
      return withholdAndClose('snoozed');
    case 'resolved':
      return withholdAndClose(closingReason(change));
    case 'unacknowledged':
    case 'unsnoozed':
      return withhold('undone-by-person');
    case 'noted':
      return withhold('note');
    default:
      return assertNever(change.kind);
  }
}

function disturb(reason: ShowReason, change: AlertChange, context: DecisionContext): Decision {
  const place = placeOf(change.alert);
  switch (place) {
    case 'acknowledged':
    case 'snoozed':
      return withholdAndClose(place);
    case 'resolved':
      return withholdAndClose(closingReason(change));
    case 'open':
      break;
    default:
      return assertNever(place);
  }
  const { priority } = change.alert;
  if (priority === 'low') return withholdAndClose('low-priority');
  // An older toast stays: it is the only lasting signal until the wrap-up.
  const quiet = quietReason(priority, context);
  if (quiet !== null) return withhold(quiet);
  if (context.watched) {
    // An older toast of the alert would contradict the row the person is looking at.
    return {
      ...withholdAndClose('window-watched'),
      sound: priority === 'critical' ? soundOf(priority) : null,
    };
  }
  return { act: 'show', reason, sound: soundOf(priority) };
}

/** Why an open alert has to wait for the end of the quiet, or null: it is not quiet, or critical goes through. */
export function quietReason(
  priority: Priority,
  { quiet, criticalInQuiet }: QuietContext,
): Quiet['reason'] | null {
  return priority === 'critical' && criticalInQuiet ? null : quiet;
}

/** What a toast of this priority sounds like. */
export function soundOf(priority: Priority): SoundName | null {
  return priority === 'low' ? null : priority;
}

/**
 * A fall is silent. Down to medium the toast stays: it was true when it was raised, and taking it away would remove
 * the only lasting signal of a problem nobody has acknowledged. Replacing it is no way out, because several desktops
 * pop a replaced toast up again. Down to low it goes, as low alerts have no toast.
 */
function fell(change: AlertChange): Decision {
  return { ...withhold('level-fell'), closeToast: change.alert.priority === 'low' };
}

/**
 * Whether a toast that was raised before a restart may stay: the alert as it is now, null when it is over or unknown.
 * Whatever ended it while nobody was there to take the toast away has been decided and recorded already.
 */
export function toastStillHolds(alert: Alert | null): boolean {
  return alert !== null && placeOf(alert) === 'open' && alert.priority !== 'low';
}

function closingReason(change: AlertChange): WithholdReason {
  const { resolvedBy } = change.alert;
  switch (resolvedBy) {
    case 'recovery':
    case null:
      return 'recovered';
    case 'user':
      return 'closed-by-user';
    case 'time':
      return 'closed-by-time';
    case 'superseded':
      return 'superseded';
    default:
      return assertNever(resolvedBy);
  }
}

type Withheld = Extract<Decision, { act: 'withhold' }>;

function withhold(reason: WithholdReason): Withheld {
  return { act: 'withhold', reason, closeToast: false, sound: null };
}

function withholdAndClose(reason: WithholdReason): Withheld {
  return { ...withhold(reason), closeToast: true };
}
