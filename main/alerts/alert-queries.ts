// Lists of alerts, page by page, in a store of any size; the writers' SQL is in alert-store.ts.
import type { Alert } from '../../shared/alert.ts';
import { alertNumber, type Place, placeOf, placeRank, places } from '../../shared/alert-order.ts';
import type { ListAlerts } from '../../shared/bridge.ts';
import { type Priority, priorities, priorityRank } from '../../shared/priority.ts';
import { matchesSearch, readSearch, type Search } from '../../shared/search-words.ts';
import { isStorageTrouble, type Store } from '../database/open-database.ts';
import type { AlertStore } from './alert-store.ts';
import type { AlertWords, WordsSearch } from './alert-words.ts';
import { BadCursor } from './bad-cursor.ts';

export interface AlertQueriesParts {
  readonly db: Store;
  readonly store: AlertStore;
  readonly words: AlertWords;
  /** Any clock that only goes forward, ms. */
  readonly elapsed: () => number;
}

const usualLimit = 100;
/** A search that takes longer returns what it has and says where to go on. The listener waits meanwhile. */
const mostMs = 12;
/** Alerts looked at between two looks at the clock. */
const chunk = 64;
/** What was resolved a moment ago should be found; more of it waits for its turn. */
const mostIndexedFirst = 50;

/** Alerts of one place and priority: within a lane the screen is ordered by time alone, and so is an index. */
interface Lane {
  readonly place: Place;
  readonly priority: Priority;
  readonly sourceId: string | null;
  readonly from: Position;
}

/** A place in the order of the screen; a page begins after it. */
interface Position {
  readonly place: number;
  readonly priority: number;
  readonly openedAt: number;
  readonly id: number;
}

/** One step along a lane: what was found, and the position up to which nothing was left out. */
interface Step {
  readonly found: readonly Alert[];
  readonly at: Position;
}

export class AlertQueries {
  readonly #parts: AlertQueriesParts;
  readonly #statements;

  constructor(parts: AlertQueriesParts) {
    this.#parts = parts;
    this.#statements = prepare(parts.db);
  }

  /**
   * One page in the order of the screen; `next` continues it, null at the end. Resolved alerts that are searched for come by
   * priority and number, which is the order in which they opened. A page of a search may be short, or empty, while `next` is
   * set. Throws `BadCursor`.
   */
  listAlerts(query: ListAlerts): { alerts: Alert[]; next: string | null } {
    const search = readSearch(query.search ?? '');
    const limit = query.limit ?? usualLimit;
    const begun = this.#parts.elapsed();
    const lanes = lanesOf(query);
    if (search.length > 0 && lanes.some(({ place }) => place === 'resolved')) this.#indexSome();
    const words = this.#parts.words.search(search);
    const alerts: Alert[] = [];
    for (const lane of lanes) {
      for (const { found, at } of this.#walk(lane, search, words, limit + 1)) {
        for (const alert of found) {
          const last = alerts.at(-1);
          if (alerts.length === limit && last !== undefined)
            return { alerts, next: writeCursor(placed(last)) };
          alerts.push(alert);
        }
        if (search.length > 0 && this.#parts.elapsed() - begun > mostMs)
          return { alerts, next: writeCursor(at) };
      }
    }
    return { alerts, next: null };
  }

  #walk(lane: Lane, search: Search, words: WordsSearch, most: number): Iterable<Step> {
    if (search.length === 0) return this.#walkRows(lane, search, most);
    if (lane.place !== 'resolved') return this.#walkRows(lane, search, chunk);
    return this.#walkWords(lane, search, words);
  }

  *#walkRows(lane: Lane, search: Search, size: number): Generator<Step> {
    const place = placeRank(lane.place);
    const priority = priorityRank(lane.priority);
    let { openedAt, id } = lane.from;
    for (;;) {
      const range = { priority, openedAt, id, limit: size };
      const { lane: all, laneOfSource, overOfSource } = this.#statements;
      const rows =
        lane.sourceId === null
          ? all.all({ ...range, place })
          : lane.place === 'resolved'
            ? overOfSource.all({ ...range, sourceId: lane.sourceId })
            : laneOfSource.all({ ...range, place, sourceId: lane.sourceId });
      const alerts = this.#parts.store.alertsOf(rows);
      const last = alerts.at(-1);
      if (last === undefined) return;
      ({ openedAt, id } = placed(last));
      yield { found: alerts.filter((alert) => matchesSearch(alert, search)), at: placed(last) };
      if (rows.length < size) return;
    }
  }

  *#walkWords(lane: Lane, search: Search, words: WordsSearch): Generator<Step> {
    const { lowest, highest } = this.#statements.range.get() ?? { lowest: null, highest: null };
    if (lowest === null || highest === null) return;
    const priority = priorityRank(lane.priority);
    const { sourceId } = lane;
    let below = Math.min(lane.from.id, highest + 1);
    while (below > lowest) {
      const { numbers, downTo } = words.candidates(lane, below, chunk);
      const rows = numbers.flatMap((id) => this.#statements.overOfLane.all({ id, priority, sourceId }));
      below = downTo;
      yield {
        found: this.#parts.store.alertsOf(rows).filter((alert) => matchesSearch(alert, search)),
        at: { place: placeRank(lane.place), priority, openedAt: 0, id: downTo },
      };
    }
  }

  #indexSome(): void {
    try {
      this.#parts.words.indexSome(mostIndexedFirst);
    } catch (error) {
      // A full disk is told of elsewhere; what is there can be searched all the same.
      if (!isStorageTrouble(error)) throw error;
    }
  }

  /**
   * Unresolved alerts whose newest news (the timeline entries that can disturb) has no recorded decision after it: a crash
   * came between commit and notification.
   */
  undecidedAlerts(): Alert[] {
    const rows = this.#parts.db
      .prepare(
        `SELECT * FROM alerts WHERE place_rank < ${placeRank('resolved')} AND
           (SELECT max(id) FROM timeline WHERE alert_id = alerts.id AND kind IN ('opened', 'level-changed', 'unsnoozed')) >
           (SELECT coalesce(max(id), 0) FROM timeline WHERE alert_id = alerts.id AND kind IN ('notified', 'withheld')
             AND reason <> 'stopping')
         ORDER BY id`,
      )
      .all();
    return this.#parts.store.alertsOf(rows);
  }
}

interface RangeOfLane {
  readonly priority: number;
  readonly openedAt: number;
  readonly id: number;
  readonly limit: number;
}

function prepare(db: Store) {
  const rest = `priority_rank = @priority AND (opened_at, id) < (@openedAt, @id)
    ORDER BY opened_at DESC, id DESC LIMIT @limit`;
  return {
    lane: db.prepare<[RangeOfLane & { place: number }]>(
      `SELECT * FROM alerts WHERE place_rank = @place AND ${rest}`,
    ),
    laneOfSource: db.prepare<[RangeOfLane & { place: number; sourceId: string }]>(
      `SELECT * FROM alerts WHERE place_rank = @place AND source_id = @sourceId AND ${rest}`,
    ),
    // Left to itself SQLite walks over what is over of every source.
    overOfSource: db.prepare<[RangeOfLane & { sourceId: string }]>(
      `SELECT * FROM alerts INDEXED BY alerts_over_by_source
       WHERE place_rank = 3 AND source_id = @sourceId AND ${rest}`,
    ),
    overOfLane: db.prepare<[{ id: number; priority: number; sourceId: string | null }]>(
      `SELECT * FROM alerts WHERE id = @id AND place_rank = 3 AND priority_rank = @priority
         AND source_id = coalesce(@sourceId, source_id)`,
    ),
    range: db.prepare<[], { lowest: number | null; highest: number | null }>(
      'SELECT (SELECT min(id) FROM alerts) AS lowest, (SELECT max(id) FROM alerts) AS highest',
    ),
  };
}

const top = { openedAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** The lanes that a query asks for and that are not behind its cursor, in the order of the screen. */
function lanesOf(query: ListAlerts): Lane[] {
  const after = query.after === undefined ? null : readCursor(query.after);
  const wanted: readonly Place[] = query.states ?? places.filter((place) => place !== 'resolved');
  const sourceId = query.sourceId ?? null;
  return places
    .filter((place) => wanted.includes(place))
    .flatMap((place) =>
      priorities
        .filter((priority) => query.priority === undefined || priority === query.priority)
        .flatMap((priority): Lane[] => {
          const begin = { place: placeRank(place), priority: priorityRank(priority) };
          if (after === null) return [{ place, priority, sourceId, from: { ...begin, ...top } }];
          const distance = begin.place - after.place || begin.priority - after.priority;
          if (distance < 0) return [];
          return [{ place, priority, sourceId, from: distance === 0 ? after : { ...begin, ...top } }];
        }),
    );
}

function placed(alert: Alert): Position {
  return {
    place: placeRank(placeOf(alert)),
    priority: priorityRank(alert.priority),
    openedAt: alert.openedAt,
    id: alertNumber(alert.id),
  };
}

function writeCursor({ place, priority, openedAt, id }: Position): string {
  return [place, priority, openedAt, id].join('.');
}

function readCursor(cursor: string): Position {
  const match = /^(\d)\.(\d)\.(\d{1,16})\.(\d{1,15})$/.exec(cursor);
  if (match === null) throw new BadCursor();
  return {
    place: Number(match[1]),
    priority: Number(match[2]),
    openedAt: Number(match[3]),
    id: Number(match[4]),
  };
}
