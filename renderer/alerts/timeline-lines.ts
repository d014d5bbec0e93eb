// The lines of a timeline: a decision not to notify of something that never notifies stands behind what it is about instead
// of on a line of its own. Pure.
import type { Entry } from '../../shared/alert.ts';
import { isSilenceName, type SilenceName } from '../../shared/text/entry-text.ts';

export interface TimelineLine {
  readonly entry: Entry;
  /** Why it was silent, as its nature is; a silence that was about the moment has a line of its own. */
  readonly silence: SilenceName | null;
}

/** What a silence can be about: kinds of entries, some with their reason (main/notifications/decide.ts has the table). */
const about: Readonly<Record<SilenceName, readonly string[]>> = {
  repeat: ['repeated'],
  'level-fell': ['level-changed level-fell'],
  'level-changed': ['level-changed level-changed'],
  acknowledged: ['acknowledged'],
  snoozed: ['snoozed'],
  'undone-by-person': ['unacknowledged', 'unsnoozed unsnoozed-by-user', 'opened reopened-by-user'],
  note: ['noted'],
  recovered: ['resolved'],
  'closed-by-user': ['resolved'],
  'closed-by-time': ['resolved'],
  superseded: ['resolved'],
  'test-message': ['opened', 'resolved'],
  'low-priority': ['opened', 'level-changed level-rose', 'unsnoozed snooze-ended'],
};

function isAbout(silence: SilenceName, { kind, reason }: Entry): boolean {
  return about[silence].includes(kind) || about[silence].includes(`${kind} ${reason}`);
}

/** Newest first. `entries` as they are stored: each after what it is about, equal ones counted up. */
export function timelineLines(entries: readonly Entry[]): readonly TimelineLine[] {
  const silences = new Map<Entry, SilenceName>();
  const folded = new Set<Entry>();
  for (const entry of entries) {
    if (entry.kind !== 'withheld' || !isSilenceName(entry.reason)) continue;
    const { reason } = entry;
    const owners = entries
      .filter((other) => isAbout(reason, other) && other.at <= entry.lastAt)
      .filter((other) => (silences.get(other) ?? reason) === reason)
      .toReversed();
    let left = entry.times;
    for (const owner of owners) {
      if (left <= 0) break;
      silences.set(owner, reason);
      folded.add(entry);
      left -= owner.times;
    }
  }
  return entries
    .map((entry, index) => ({ entry, index, silence: silences.get(entry) ?? null }))
    .filter(({ entry }) => !folded.has(entry))
    .toSorted((a, b) => b.entry.lastAt - a.entry.lastAt || b.index - a.index)
    .map(({ entry, silence }) => ({ entry, silence }));
}
