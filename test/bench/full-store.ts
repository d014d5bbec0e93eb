// A data folder as after a long year: resolved alerts with their deliveries, timelines and words, made once through the
// app's own schema and kept under dist/.
import { createHash, hash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { placeRank } from '../../shared/alert-order.ts';
import { priorityRank } from '../../shared/priority.ts';
import { AlertStore } from '../../main/alerts/alert-store.ts';
import { AlertWords } from '../../main/alerts/alert-words.ts';
import { migrations } from '../../main/database/migrations.ts';
import { openDatabase, type Store } from '../../main/database/open-database.ts';
import { DataFolder } from '../fakes/headless-app.ts';
import { say } from './child.ts';
import { inventAlert, inventedProblems } from './invented-alerts.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'dist', 'bench');
const dayMs = 24 * 60 * 60 * 1000;
/** Alerts end within so many days before the store is made; retention keeps them for 365. */
const spanDays = 300;
/** Retention would have taken older bodies; it starts on the ones that are there after 30. */
const bodyDays = 20;
/** Past that retention would work on it while figures are taken. */
const usableMs = 7 * dayMs;
const lot = 10_000;
const wordsLot = 300;
const mergedPages = 500;

/**
 * Path of a data folder to copy from: `tocsin.db` and `secrets.json` with one source. Made anew when the schema has changed
 * or a week has passed.
 */
export async function fullStore(alerts: number): Promise<string> {
  const schema = hash('sha256', migrations.join('\n')).slice(0, 8);
  const target = path.join(folder, `store-${schema}-${alerts}`);
  const isFresh = existsSync(target) && Date.now() - statSync(target).mtimeMs < usableMs;
  if (isFresh) return target;
  removeOtherSchemas(schema);
  const made = `${target}.new`;
  for (const old of [target, made]) rmSync(old, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  const from = performance.now();
  const sourceId = await makeEmpty(made);
  fill(path.join(made, 'tocsin.db'), sourceId, alerts);
  renameSync(made, target);
  say(`made a store of ${alerts} alerts in ${Math.round((performance.now() - from) / 1000)} s`);
  return target;
}

function removeOtherSchemas(schema: string): void {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(`store-${schema}-`))
      rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** Copies it to where an app shall run on it. */
export function copyStore(from: string, dataDir: string): void {
  for (const name of ['tocsin.db', 'secrets.json']) cpSync(path.join(from, name), path.join(dataDir, name));
}

async function makeEmpty(target: string): Promise<string> {
  const own = new DataFolder();
  try {
    const app = await own.start();
    const { id } = await app.addSource('Bench');
    await app.end('SIGTERM');
    copyStore(own.path, target);
    return id;
  } finally {
    await own.remove();
  }
}

function fill(file: string, sourceId: string, alerts: number): void {
  const db = openDatabase(file);
  // Nothing here needs to survive a crash.
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  const rows = new Rows(db, sourceId, Date.now(), alerts);
  for (let done = 0; done < alerts; done += lot) {
    db.transaction(() => {
      for (let number = done + 1; number <= Math.min(done + lot, alerts); number += 1) rows.insert(number);
    })();
    if (done % (10 * lot) === 0) say(`making a store: ${done} of ${alerts} alerts`);
  }
  makeSearchable(db);
  db.prepare('UPDATE sources SET deliveries = ?').run(2 * alerts);
  db.prepare("UPDATE meta SET value = ? WHERE name = 'revision'").run(2 * alerts);
  // As far as retention has come.
  db.prepare(
    `INSERT INTO meta (name, value) SELECT 'bodies_removed', coalesce(max(id), 0) FROM deliveries WHERE body_removed = 1`,
  ).run();
  db.pragma('journal_mode = WAL');
  db.close();
}

/** Merging keeps pace, as it does over a year of quiet hours: an index in thousands of pieces is slow, and too many break it. */
function makeSearchable(db: Store): void {
  const store = new AlertStore(db, () => ({ name: 'Bench', kind: 'cloudmonitor' }));
  const words = new AlertWords({ db, store, sourceNames: () => [] });
  const merge = db.prepare("INSERT INTO alert_words (alert_words, rank) VALUES ('merge', ?)");
  let done = 0;
  for (let step = 1; ; step += 1) {
    const more = words.indexSome(wordsLot);
    if (more === 0) return;
    merge.run(mergedPages);
    done += more;
    if (step % 300 === 0) say(`making a store: words of ${done} alerts`);
  }
}

/** Two deliveries, three timeline entries and two applied events for each alert; one problem for many. */
class Rows {
  readonly #sourceId: string;
  readonly #now: number;
  readonly #count: number;
  readonly #alert;
  readonly #delivery;
  readonly #entry;
  readonly #event;
  readonly #problem;

  constructor(db: Store, sourceId: string, now: number, count: number) {
    this.#sourceId = sourceId;
    this.#now = now;
    this.#count = count;
    this.#alert = db.prepare(
      `INSERT INTO alerts (id, source_id, key, episode, episode_name, state, place_rank, priority, priority_rank, level,
         no_data, description, count, deliveries, last_delivery, sent_at, opened_at, last_event_at, resolved_at, resolved_by)
       VALUES (@id, @sourceId, @key, @episode, @episodeName, 'resolved', @place, @priority, @rank, @level, 0, @description,
         1, 2, @last, @openedAt, @openedAt, @resolvedAt, @resolvedAt, 'recovery')`,
    );
    this.#delivery = db.prepare(
      `INSERT INTO deliveries (id, source_id, received_at, method, content_type, remote_address, headers, query, bytes,
         body_hash, body_removed, verdict, reason, alerts, body)
       VALUES (@id, @sourceId, @at, 'POST', 'application/x-www-form-urlencoded', '127.0.0.1', '{"user-agent":"Java/1.8"}',
         '', @bytes, @hash, @removed, @verdict, @reason, @alerts, @body)`,
    );
    this.#entry = db.prepare(
      'INSERT INTO timeline (alert_id, at, kind, text, reason, last_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#event = db.prepare('INSERT INTO applied_events (sent_at, identity) VALUES (?, ?)');
    this.#problem = db.prepare(
      `INSERT OR REPLACE INTO problems (source_id, key, episodes, last_alert, recovered_sent_at, recovered_episode_name,
         opened_times) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  insert(id: number): void {
    const alert = inventAlert(id);
    const openedAt = Math.floor(this.#now - spanDays * dayMs * (1 - id / (this.#count + 1))) - alert.lastedMs;
    const resolvedAt = openedAt + alert.lastedMs;
    const episode = Math.ceil(id / inventedProblems);
    this.#alert.run({
      id,
      sourceId: this.#sourceId,
      key: alert.key,
      episode,
      episodeName: alert.episodeName,
      place: placeRank('resolved'),
      priority: alert.priority,
      rank: priorityRank(alert.priority),
      level: alert.level,
      description: alert.description,
      last: 2 * id,
      openedAt,
      resolvedAt,
    });
    this.#insertDelivery(2 * id - 1, openedAt, alert.body, 'opened', 'opened', `[[${id},null]]`);
    this.#insertDelivery(2 * id, resolvedAt, alert.body, 'resolved', 'recovered', `[[${id},${2 * id - 1}]]`);
    this.#entry.run(id, openedAt, 'opened', '', 'opened', openedAt);
    this.#entry.run(id, openedAt + 5, 'notified', '', 'shown', openedAt + 5);
    this.#entry.run(id, resolvedAt, 'resolved', '41.2 %', 'recovered', resolvedAt);
    for (const at of [openedAt, resolvedAt])
      this.#event.run(at, createHash('sha256').update(`${id} ${at}`).digest().subarray(0, 16));
    if (id + inventedProblems > this.#count) {
      const { key, episodeName } = alert;
      this.#problem.run(this.#sourceId, key, episode, id, resolvedAt, episodeName, `[${openedAt}]`);
    }
  }

  #insertDelivery(
    id: number,
    at: number,
    body: string,
    verdict: string,
    reason: string,
    alerts: string,
  ): void {
    const isRemoved = at < this.#now - bodyDays * dayMs;
    this.#delivery.run({
      id,
      sourceId: this.#sourceId,
      at,
      bytes: Buffer.byteLength(body),
      hash: hash('sha256', body, 'buffer'),
      removed: isRemoved ? 1 : 0,
      verdict,
      reason,
      alerts,
      body: Buffer.from(isRemoved ? '' : body),
    });
  }
}
