// The sender's time with what is worth remarking about it.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import { readSenderTime } from '../sender-time.ts';

export interface EventTime {
  /** Epoch ms, null when absent or unreadable. */
  readonly sentAt: number | null;
  readonly timeRemarks: readonly ReasonName[];
}

export function readEventTime(text: string | null): EventTime {
  const { at, assumedZone } = readSenderTime(text);
  if (at === null) return { sentAt: null, timeRemarks: text === null ? [] : ['unreadable-time'] };
  return { sentAt: at, timeRemarks: assumedZone ? ['time-without-zone'] : [] };
}
