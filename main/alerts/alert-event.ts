import type { AlertLink } from '../../shared/alert.ts';

/** How a sender describes the problem right now. Text is plain and already cleaned (sources/plain-text.ts). */
export interface ProblemDescription {
  /** The sender's level word in upper case, or null when it gave none. */
  readonly level: string | null;
  readonly title: string;
  /** What, where, value against condition, since when: one or two sentences. */
  readonly text: string;
  readonly resource: string;
  readonly value: string | null;
  readonly condition: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly AlertLink[];
}

/** What every event says, whichever kind it is of. */
interface EventBase {
  /** What makes two events the same problem; versioned, e.g. `cloudmonitor:1:<user>:<rule>:<dimensions>`. */
  readonly key: string;
  /** The sender's name for this episode (CloudMonitor's `transId`), null when it has none. */
  readonly episodeName: string | null;
  /** The sender's own time, epoch ms; null when absent or unreadable. */
  readonly sentAt: number | null;
  readonly description: ProblemDescription;
}

/** What a delivery says about one thing. A delivery gives none, one or several of these. */
export type AlertEvent =
  | (EventBase & {
      readonly kind: 'firing';
      readonly noData: boolean;
      /**
       * `sentAt` is when the episode began (Alertmanager's `startsAt`), which every repeat says again: the same time is then a
       * repeat, not a retry.
       */
      readonly timeIsStart?: true;
    })
  | (EventBase & { readonly kind: 'recovered' })
  | (EventBase & { readonly kind: 'acknowledged' })
  | (EventBase & { readonly kind: 'test' });

/** An event of this kind; one that fires does so for a value and not for the lack of data. */
export function eventOf(kind: AlertEvent['kind'], base: EventBase): AlertEvent {
  return kind === 'firing' ? { kind, noData: false, ...base } : { kind, ...base };
}
