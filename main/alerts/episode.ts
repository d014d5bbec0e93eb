import type { Alert, AlertChange, AlertId, SourceId, SourceKind, Verdict } from '../../shared/alert.ts';
import type { NewEntry } from '../database/timeline-table.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import type { NoDataPolicy } from '../../shared/source.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';

/** An alert and what only the lifecycle needs to know of it. */
export interface Episode {
  readonly alert: Alert;
  /** The sender's name for this episode (CloudMonitor's transId). */
  readonly episodeName: string | null;
  /** Sender time of the newest firing message applied, epoch ms. */
  readonly sentAt: number | null;
  /** Row number of the newest delivery that spoke of it; set by ingest. */
  readonly lastDelivery: number | null;
}

/** One problem over all its episodes. */
export interface Problem {
  readonly sourceId: SourceId;
  readonly key: string;
  readonly episodes: number;
  /** The newest episode, open or over. */
  readonly last: Episode | null;
  /** Sender time of the newest recovery, known or orphan. */
  readonly recoveredAt: number | null;
  readonly recoveredEpisodeName: string | null;
  /** When the newest episodes opened, oldest first, at most `rememberedOpenings`. */
  readonly openedTimes: readonly number[];
}

export const rememberedOpenings = 20;

/** The source as the lifecycle sees it. */
export interface EventOrigin {
  readonly sourceId: SourceId;
  readonly sourceKind: SourceKind;
  readonly sourceName: string;
  readonly priorityMap: PriorityMap;
  readonly noData: NoDataPolicy;
}

/** One transition of one alert: the state after it, what everybody is told, and what the timeline says. */
export interface Step {
  readonly episode: Episode;
  readonly change: Omit<AlertChange, 'revision' | 'alert'> & { readonly reason: ReasonName };
  readonly entry: NewEntry | null;
}

/** What an event, an action or the time did. */
export interface Outcome {
  readonly verdict: Verdict;
  /** Why this verdict. */
  readonly reason: ReasonName;
  readonly problem: Problem;
  readonly steps: readonly Step[];
}

/** Gives the next alert its id; the only thing the lifecycle asks for while deciding. */
export type NextAlertId = () => AlertId;

export function newProblem(sourceId: SourceId, key: string): Problem {
  return {
    sourceId,
    key,
    episodes: 0,
    last: null,
    recoveredAt: null,
    recoveredEpisodeName: null,
    openedTimes: [],
  };
}

/**
 * True when the source has reported recovery since the episode fired. One without time and name leaves no trace to tell by.
 */
export function isRecoveredSince(
  { recoveredAt, recoveredEpisodeName }: Problem,
  { sentAt, episodeName }: Episode,
): boolean {
  if (recoveredAt !== null && sentAt !== null) return recoveredAt >= sentAt;
  return episodeName !== null && recoveredEpisodeName === episodeName;
}

/** The problem's newest episode if it is not over. */
export function openEpisode(problem: Problem): Episode | null {
  return problem.last !== null && problem.last.alert.state !== 'resolved' ? problem.last : null;
}
