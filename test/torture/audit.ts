// Reads the store as it is on the disk and compares it with what the senders were promised.
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Attempt } from './storm.ts';
import { attemptOf, type ExpectedEpisode, ExpectedProblem } from './story.ts';

interface DeliveryRow {
  readonly id: number;
  readonly verdict: string;
  readonly alerts: string;
  readonly body: Uint8Array;
}

interface AlertRow {
  readonly state: string;
  readonly level: string | null;
  readonly count: number;
  readonly deliveries: number;
  readonly episode: number;
  readonly last_delivery: number | null;
}

/** One episode of one problem: what was told of it, and its row. */
interface KnownEpisode {
  readonly alert: number;
  /** Deliveries that spoke of it, oldest first. */
  readonly chain: number[];
}

interface KnownProblem {
  readonly expected: ExpectedProblem;
  readonly episodes: KnownEpisode[];
}

/**
 * One store over all its kills. Each `look` reads the deliveries that are new since the one before, and examines every
 * problem that they speak of in full.
 */
export class Audit {
  /** Broken promises, one sentence each. */
  readonly breaches: string[] = [];
  /** Deliveries found that never got an answer: committed, and the 200 was lost. Allowed, and sent again. */
  unanswered = 0;
  looked = 0;
  readonly #attempts: ReadonlyMap<number, Attempt>;
  readonly #problems = new Map<string, KnownProblem>();
  readonly #found = new Map<number, number>();
  #lastDelivery = 0;
  #lastAttempt = 0;

  constructor(attempts: ReadonlyMap<number, Attempt>) {
    this.#attempts = attempts;
  }

  /** The app may run, but nothing may be sent meanwhile. */
  look(dataDir: string): void {
    const db = new Database(path.join(dataDir, 'tocsin.db'), { readonly: true });
    try {
      const check = db.pragma('integrity_check', { simple: true });
      if (check !== 'ok') this.breaches.push(`integrity_check: ${String(check)}`);
      const touched = this.#readNew(db);
      this.#compareWithAnswers();
      for (const problem of touched) this.#examine(db, problem);
    } finally {
      db.close();
    }
  }

  #readNew(db: Database.Database): Set<string> {
    const touched = new Set<string>();
    const rows = db
      .prepare<[number], DeliveryRow>(
        'SELECT id, verdict, alerts, body FROM deliveries WHERE id > ? ORDER BY id',
      )
      .all(this.#lastDelivery);
    for (const row of rows) {
      this.#lastDelivery = row.id;
      this.looked += 1;
      const attempt = this.#attempts.get(attemptOf(Buffer.from(row.body).toString()) ?? 0);
      if (attempt === undefined) {
        this.breaches.push(`D${row.id} was never sent`);
        continue;
      }
      const before = this.#found.get(attempt.id);
      if (before !== undefined)
        this.breaches.push(`attempt ${attempt.id} is there twice: D${before}, D${row.id}`);
      this.#found.set(attempt.id, row.id);
      if (attempt.delivery === null) this.unanswered += 1;
      this.#follow(row, attempt);
      touched.add(attempt.message.problem);
    }
    return touched;
  }

  /** Every attempt since the last look: what got a 200 is there, under the number it was told. */
  #compareWithAnswers(): void {
    for (const [id, { delivery, message }] of this.#attempts) {
      if (id <= this.#lastAttempt) continue;
      this.#lastAttempt = id;
      const row = this.#found.get(id);
      if (delivery !== null && row === undefined) {
        this.breaches.push(
          `${delivery} (${message.problem}, message ${message.place}) got its 200 and is missing`,
        );
      } else if (delivery !== null && delivery !== `D${row}`) {
        this.breaches.push(`attempt ${id} was told ${delivery} and is D${row}`);
      }
    }
  }

  #follow(row: DeliveryRow, { message }: Attempt): void {
    const known = this.#problems.get(message.problem) ?? { expected: new ExpectedProblem(), episodes: [] };
    this.#problems.set(message.problem, known);
    const { verdict, episode } = known.expected.tell(message);
    const where = `D${row.id} (${message.problem}, message ${message.place})`;
    if (row.verdict !== verdict) this.breaches.push(`${where} is ${row.verdict} instead of ${verdict}`);
    const links = JSON.parse(row.alerts) as [alert: number, before: number | null][];
    const [link] = links;
    if (link === undefined || links.length !== 1) {
      this.breaches.push(`${where} speaks of ${links.length} alerts instead of one`);
      return;
    }
    const [alert, before] = link;
    const mine = (known.episodes[episode] ??= { alert, chain: [] });
    if (alert !== mine.alert) this.breaches.push(`${where} is linked to A${alert} instead of A${mine.alert}`);
    if (before !== (mine.chain.at(-1) ?? null)) this.breaches.push(`${where} follows D${before}`);
    mine.chain.push(row.id);
  }

  #examine(db: Database.Database, name: string): void {
    const known = this.#problems.get(name);
    for (const [index, { alert, chain }] of (known?.episodes ?? []).entries()) {
      const expected = known?.expected.episodes[index];
      const row = db.prepare<[number], AlertRow>('SELECT * FROM alerts WHERE id = ?').get(alert);
      if (row === undefined || expected === undefined) {
        this.breaches.push(`A${alert} of ${name} is missing`);
        continue;
      }
      const wanted: AlertRow = {
        state: expected.state,
        level: expected.level,
        count: expected.count,
        deliveries: expected.deliveries,
        episode: index + 1,
        last_delivery: chain.at(-1) ?? null,
      };
      for (const column of Object.keys(wanted) as (keyof AlertRow)[]) {
        if (row[column] === wanted[column]) continue;
        this.breaches.push(`A${alert} of ${name} has ${column} ${row[column]} instead of ${wanted[column]}`);
      }
      this.#compareTimeline(db, alert, expected);
    }
  }

  #compareTimeline(db: Database.Database, alert: number, expected: ExpectedEpisode): void {
    const rows = db
      .prepare<[number], { kind: string; times: number }>(
        'SELECT kind, sum(times) AS times FROM timeline WHERE alert_id = ? GROUP BY kind',
      )
      .all(alert);
    const told = new Map(rows.map(({ kind, times }) => [kind, times]));
    const wanted = {
      opened: 1,
      repeated: expected.repeats,
      'level-changed': expected.levelChanges,
      resolved: expected.state === 'resolved' ? 1 : 0,
    };
    for (const [kind, times] of Object.entries(wanted)) {
      const found = told.get(kind) ?? 0;
      if (found !== times)
        this.breaches.push(`the timeline of A${alert} has ${found} × ${kind}, not ${times}`);
    }
  }
}
