// Whether a change may disturb. Pure: the same change in the same context always gives the same decision.
//
//   change                        critical, medium                      low
//   opened, reopened              show                                  low-priority
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
// On top: what would be shown is withheld while the person looks at the list, and for an alert that is acknowledged
// or snoozed after the change. Product: "Priority" and "Life of an alert", 1 to 13.
import type { Alert, AlertChange } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import { assertNever } from '../../shared/assert-never.ts';

export type ShowReason = 'opened' | 'reopened' | 'level-rose' | 'snooze-ended';

export type WithholdReason =
  | 'low-priority'
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

/** `closeToast`: a toast of this alert that is still up says something that no longer holds. */
export type Decision =
  | { readonly act: 'show'; readonly reason: ShowReason }
  | { readonly act: 'withhold'; readonly reason: WithholdReason; readonly closeToast: boolean };

export interface DecisionContext {
  /** The window has the focus and shows the list. */
  readonly watched: boolean;
}

export function decide(change: AlertChange, context: DecisionContext): Decision {
  if (change.reason === 'test-message') return withhold('test-message');
  switch (change.kind) {
    case 'opened':
    case 'reopened':
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
  if (change.alert.priority === 'low') return withholdAndClose('low-priority');
  // An older toast of the alert would contradict the row the person is looking at.
  if (context.watched) return withholdAndClose('window-watched');
  return { act: 'show', reason };
}

/**
 * A fall is silent. Down to medium the toast stays: it was true when it was raised, and taking it away would remove
 * the only lasting signal of a problem nobody has acknowledged. Replacing it is no way out, because several desktops
 * pop a replaced toast up again. Down to low it goes, as low alerts have no toast.
 */
function fell(change: AlertChange): Decision {
  return { act: 'withhold', reason: 'level-fell', closeToast: change.alert.priority === 'low' };
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

function withhold(reason: WithholdReason): Decision {
  return { act: 'withhold', reason, closeToast: false };
}

function withholdAndClose(reason: WithholdReason): Decision {
  return { act: 'withhold', reason, closeToast: true };
}
