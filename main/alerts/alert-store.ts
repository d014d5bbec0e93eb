// All SQL about alerts and problems. One statement per method, prepared once; transactions are the caller's.
import type { Alert, AlertId, SourceId, SourceKind } from '../../shared/alert.ts';
import { alertNumber, placeOf, placeRank } from '../../shared/alert-order.ts';
import { priorityRank } from '../../shared/priority.ts';
import type { Store } from '../database/open-database.ts';
import { type Episode, newProblem, type Problem } from './episode.ts';

/** Names of sources are joined at read time, so that a rename shows everywhere. */
export type NameSource = (id: SourceId) => { readonly name: string; readonly kind: SourceKind };

interface AlertRow {
  id: number;
  source_id: string;
  key: string;
  episode: number;
  episode_name: string | null;
  state: Alert['state'];
  priority: Alert['priority'];
  level: string | null;
  no_data: number;
  description: string;
  count: number;
  deliveries: number;
  last_delivery: number | null;
  sent_at: number | null;
  opened_at: number;
  last_event_at: number;
  acknowledged_at: number | null;
  acknowledge_note: string | null;
  snoozed_until: number | null;
  resolved_at: number | null;
  resolved_by: Alert['resolvedBy'];
}

interface ProblemRow {
  episodes: number;
  last_alert: number | null;
  recovered_sent_at: number | null;
  recovered_episode_name: string | null;
  opened_times: string;
}

const alertColumns = `id, source_id, key, episode, episode_name, state, place_rank, priority, priority_rank, level, no_data,
  description, count, deliveries, last_delivery, sent_at, opened_at, last_event_at, acknowledged_at, acknowledge_note,
  snoozed_until, resolved_at, resolved_by`;

export class AlertStore {
  readonly #db: Store;
  readonly #nameSource: NameSource;
  readonly #statements;

  constructor(db: Store, nameSource: NameSource) {
    this.#db = db;
    this.#nameSource = nameSource;
    this.#statements = prepare(db);
  }

  /** Numbers to continue from; AUTOINCREMENT remembers them even when rows were pruned. */
  lastNumbers(): { readonly alert: number; readonly delivery: number; readonly revision: number } {
    const sequence = this.#db.prepare<[string], { seq: number }>(
      'SELECT seq FROM sqlite_sequence WHERE name = ?',
    );
    const revision = this.#db
      .prepare<[], { value: number }>("SELECT value FROM meta WHERE name = 'revision'")
      .get();
    return {
      alert: sequence.get('alerts')?.seq ?? 0,
      delivery: sequence.get('deliveries')?.seq ?? 0,
      revision: revision?.value ?? 0,
    };
  }

  saveRevision(revision: number): void {
    this.#statements.saveRevision.run(revision);
  }

  /** False when this very message was applied before. `identity`: 16 bytes. */
  rememberEvent(sentAt: number, identity: Uint8Array): boolean {
    return this.#statements.rememberEvent.run(sentAt, identity).changes === 1;
  }

  loadProblem(sourceId: SourceId, key: string): Problem {
    const row = this.#statements.loadProblem.get(sourceId, key);
    return row === undefined ? newProblem(sourceId, key) : this.#problemOf(sourceId, key, row);
  }

  saveProblem(problem: Problem): void {
    this.#statements.saveProblem.run(
      problem.sourceId,
      problem.key,
      problem.episodes,
      problem.last === null ? null : alertNumber(problem.last.alert.id),
      problem.recoveredAt,
      problem.recoveredEpisodeName,
      JSON.stringify(problem.openedTimes),
    );
  }

  insertEpisode(episode: Episode): void {
    const { alert } = episode;
    this.#statements.insertAlert.run({
      ...changingColumns(episode),
      source_id: alert.sourceId,
      key: alert.key,
      episode: alert.episode,
      opened_at: alert.openedAt,
    });
  }

  updateEpisode(episode: Episode): void {
    this.#statements.updateAlert.run(changingColumns(episode));
  }

  loadEpisode(id: AlertId): Episode | null {
    const row = this.#statements.loadAlert.get(alertNumber(id));
    return row === undefined ? null : this.#episodeOf(row);
  }

  /** One of the newest 20 episodes of a problem, by the sender's name for it. */
  loadEpisodeByName(sourceId: SourceId, key: string, name: string): Episode | null {
    const row = this.#statements.loadAlertByName.get({ sourceId, key, name });
    return row === undefined ? null : this.#episodeOf(row);
  }

  /** Start of the alert's chain of deliveries. */
  lastDelivery(id: AlertId): number | null {
    return this.#statements.loadAlert.get(alertNumber(id))?.last_delivery ?? null;
  }

  /** Every problem with an episode that is not over. */
  loadOpenProblems(): Problem[] {
    return this.#statements.loadOpenAlerts.all().map((row) => {
      const problem = this.loadProblem(row.source_id, row.key);
      return problem.last?.alert.id === `A${row.id}` ? problem : { ...problem, last: this.#episodeOf(row) };
    });
  }

  #problemOf(sourceId: SourceId, key: string, row: ProblemRow): Problem {
    return {
      sourceId,
      key,
      episodes: row.episodes,
      last: row.last_alert === null ? null : this.loadEpisode(`A${row.last_alert}`),
      recoveredAt: row.recovered_sent_at,
      recoveredEpisodeName: row.recovered_episode_name,
      openedTimes: JSON.parse(row.opened_times) as number[],
    };
  }

  #episodeOf(row: AlertRow): Episode {
    return {
      alert: this.#alertOf(row),
      episodeName: row.episode_name,
      sentAt: row.sent_at,
      lastDelivery: row.last_delivery,
    };
  }

  #alertOf(row: AlertRow): Alert {
    const source = this.#nameSource(row.source_id);
    const description = JSON.parse(row.description) as Pick<
      Alert,
      'title' | 'text' | 'resource' | 'value' | 'condition' | 'labels' | 'links'
    >;
    return {
      id: `A${row.id}`,
      sourceId: row.source_id,
      sourceKind: source.kind,
      sourceName: source.name,
      key: row.key,
      state: row.state,
      priority: row.priority,
      level: row.level,
      noData: row.no_data === 1,
      ...description,
      count: row.count,
      deliveries: row.deliveries,
      episode: row.episode,
      openedAt: row.opened_at,
      lastEventAt: row.last_event_at,
      acknowledgedAt: row.acknowledged_at,
      acknowledgeNote: row.acknowledge_note,
      snoozedUntil: row.snoozed_until,
      resolvedAt: row.resolved_at,
      resolvedBy: row.resolved_by,
    };
  }

  /** Alerts from SQL rows of `alerts`, for the readers beside this file. */
  alertsOf(rows: readonly unknown[]): Alert[] {
    return (rows as AlertRow[]).map((row) => this.#alertOf(row));
  }
}

function prepare(db: Store) {
  return {
    saveRevision: db.prepare<[number]>("UPDATE meta SET value = ? WHERE name = 'revision'"),
    rememberEvent: db.prepare<[number, Uint8Array]>(
      'INSERT OR IGNORE INTO applied_events (sent_at, identity) VALUES (?, ?)',
    ),
    loadProblem: db.prepare<[string, string], ProblemRow>(
      'SELECT * FROM problems WHERE source_id = ? AND key = ?',
    ),
    saveProblem: db.prepare(
      `INSERT OR REPLACE INTO problems (source_id, key, episodes, last_alert, recovered_sent_at, recovered_episode_name,
         opened_times) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    insertAlert: db.prepare(
      `INSERT INTO alerts (${alertColumns}) VALUES (@id, @source_id, @key, @episode, @episode_name, @state, @place_rank,
         @priority, @priority_rank, @level, @no_data, @description, @count, @deliveries, @last_delivery, @sent_at, @opened_at,
         @last_event_at, @acknowledged_at, @acknowledge_note, @snoozed_until, @resolved_at, @resolved_by)`,
    ),
    updateAlert: db.prepare(
      `UPDATE alerts SET episode_name = @episode_name, state = @state, place_rank = @place_rank, priority = @priority,
         priority_rank = @priority_rank, level = @level, no_data = @no_data, description = @description,
         count = @count, deliveries = @deliveries, last_delivery = @last_delivery, sent_at = @sent_at, last_event_at = @last_event_at,
         acknowledged_at = @acknowledged_at, acknowledge_note = @acknowledge_note, snoozed_until = @snoozed_until,
         resolved_at = @resolved_at, resolved_by = @resolved_by,
         searchable = CASE WHEN @state = 'resolved' THEN searchable ELSE 0 END
       WHERE id = @id`,
    ),
    loadAlert: db.prepare<[number], AlertRow>('SELECT * FROM alerts WHERE id = ?'),
    loadAlertByName: db.prepare<[{ sourceId: string; key: string; name: string }], AlertRow>(
      `SELECT * FROM alerts WHERE id = (
         SELECT id FROM (
           SELECT id, episode_name FROM alerts WHERE source_id = @sourceId AND key = @key ORDER BY id DESC LIMIT 20)
         WHERE episode_name = @name ORDER BY id DESC LIMIT 1)`,
    ),
    loadOpenAlerts: db.prepare<[], AlertRow>(
      `SELECT * FROM alerts WHERE place_rank < ${placeRank('resolved')} ORDER BY id`,
    ),
  };
}

function changingColumns(episode: Episode) {
  const { alert } = episode;
  const { title, text, resource, value, condition, labels, links } = alert;
  return {
    id: alertNumber(alert.id),
    episode_name: episode.episodeName,
    state: alert.state,
    place_rank: placeRank(placeOf(alert)),
    priority: alert.priority,
    priority_rank: priorityRank(alert.priority),
    level: alert.level,
    no_data: alert.noData ? 1 : 0,
    description: JSON.stringify({ title, text, resource, value, condition, labels, links }),
    count: alert.count,
    deliveries: alert.deliveries,
    last_delivery: episode.lastDelivery,
    sent_at: episode.sentAt,
    last_event_at: alert.lastEventAt,
    acknowledged_at: alert.acknowledgedAt,
    acknowledge_note: alert.acknowledgeNote,
    snoozed_until: alert.snoozedUntil,
    resolved_at: alert.resolvedAt,
    resolved_by: alert.resolvedBy,
  };
}
