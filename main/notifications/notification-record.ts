import type { AlertId } from '../../shared/alert.ts';
import type { SummaryLead } from '../../shared/text/notification-text.ts';
import type { ShowReason, WithholdReason } from './decide.ts';

/** Why an alert stands in the summary; a reminder may also be in a toast of its own. */
export type SummaryReason =
  | 'storm-summary'
  | 'rate-cap'
  | 'reminder'
  | 'quiet-over'
  | 'restated-at-start'
  | 'restated-after-wake'
  | 'restated-desktop-back';

/** The first line of a summary that was drawn for this reason. */
export const summaryLeads: Readonly<Record<SummaryReason, SummaryLead>> = {
  'storm-summary': 'storm',
  'rate-cap': 'storm',
  reminder: 'reminder',
  'quiet-over': 'quiet-over',
  'restated-at-start': 'restart',
  'restated-after-wake': 'wake',
  'restated-desktop-back': 'desktop-back',
};

/**
 * `presenter-failed`: the desktop did not show it. `overtaken`: something newer happened to the alert before its turn
 * came, so showing it would have been wrong or double. `stopping`: the app was quitting.
 */
export type RecordedReason =
  | ShowReason
  | WithholdReason
  | SummaryReason
  | 'presenter-failed'
  | 'overtaken'
  | 'stopping';

/** One decision and what came of it, for the alert's timeline. */
export interface NotificationRecord {
  readonly alertId: AlertId;
  /** Epoch ms, by our clock: when the desktop answered, or when nothing was asked of it. */
  readonly at: number;
  readonly kind: 'notified' | 'withheld';
  /** The presenter's name when notified, the desktop's own sentence when it failed; empty otherwise. */
  readonly text: string;
  readonly reason: RecordedReason;
}
