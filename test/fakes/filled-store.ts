// A store with something of everything in it, and the ways in which a disk can spoil its file.
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Store } from '../../main/database/open-database.ts';

export const filledAt = Date.UTC(2026, 3, 20, 9, 30);
const hour = 3_600_000;
const pageBytes = 4096;

export interface Filling {
  readonly resolved: number;
  readonly unresolved: number;
  /** Bytes of each delivery's body. */
  readonly bodyBytes?: number;
}

/** Two sources (`cm-demo77` and `un-demo88`), two settings, and per alert a problem, three lines and a delivery. */
export function fillStore(dataDir: string, filling: Filling): void {
  const db = openDatabase(join(dataDir, 'tocsin.db'));
  db.transaction(() => fill(db, filling))();
  db.close();
}

export function secretHashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function fill(db: Store, { resolved, unresolved, bodyBytes = 300 }: Filling): void {
  const source = db.prepare(
    `INSERT INTO sources (id, kind, name, team, priority_map, secret_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  source.run(
    'cm-demo77',
    'cloudmonitor',
    'Day shift',
    'Core',
    '{"CRITICAL":"critical"}',
    secretHashOf('day'),
    filledAt,
  );
  source.run('un-demo88', 'universal', 'Night shift', null, '{}', secretHashOf('night'), filledAt);
  const setting = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
  setting.run('theme', '"dark"');
  setting.run('language', '"zh-CN"');
  const alert = db.prepare(
    `INSERT INTO alerts (id, source_id, key, episode, state, place_rank, priority, priority_rank, level, no_data, description,
       count, deliveries, last_delivery, sent_at, opened_at, last_event_at, resolved_at, resolved_by)
     VALUES (?, 'cm-demo77', ?, 1, ?, ?, 'critical', 0, 'CRITICAL', 0, ?, 1, 1, ?, ?, ?, ?, ?, ?)`,
  );
  const line = db.prepare(
    'INSERT INTO timeline (alert_id, at, kind, text, reason, last_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const problem = db.prepare('INSERT INTO problems VALUES (?, ?, 1, ?, ?, NULL, ?)');
  const delivery = db.prepare(
    `INSERT INTO deliveries (id, source_id, received_at, method, content_type, remote_address, headers, query, bytes, body_hash,
       verdict, reason, alerts, body)
     VALUES (?, 'cm-demo77', ?, 'POST', 'application/json', '203.0.113.7', '{}', '', ?, ?, 'opened', 'opened', ?, ?)`,
  );
  const event = db.prepare('INSERT INTO applied_events (sent_at, identity) VALUES (?, ?)');
  const all = resolved + unresolved;
  for (let id = 1; id <= all; id += 1) {
    const isOver = id <= resolved;
    const at = filledAt - (all - id) * 60_000;
    const key = `cloudmonitor:1:demo:rule-${String(id).padStart(6, '0')}`;
    const description = {
      title: `磁盘使用率 ${id}`,
      text: 'disk above 90 %',
      resource: `db-${id % 7}.example`,
      value: '93',
      condition: '>= 90',
      labels: { rule: `rule-${id}` },
      links: [],
    };
    const body = Buffer.alloc(bodyBytes, `delivery ${id} `);
    alert.run(
      id,
      key,
      isOver ? 'resolved' : 'open',
      isOver ? 3 : 0,
      JSON.stringify(description),
      id,
      at,
      at,
      at,
      isOver ? at + hour : null,
      isOver ? 'recovery' : null,
    );
    line.run(id, at, 'opened', '', 'opened', at);
    line.run(id, at + 40, 'notified', 'none', 'opened', at + 40);
    if (isOver) line.run(id, at + hour, 'resolved', '', 'recovered', at + hour);
    problem.run('cm-demo77', key, id, isOver ? at + hour : null, JSON.stringify([at]));
    delivery.run(
      id,
      at,
      body.byteLength,
      createHash('sha256').update(body).digest(),
      JSON.stringify([[id, null]]),
      body,
    );
    event.run(at, randomBytes(16));
  }
  db.prepare("UPDATE meta SET value = ? WHERE name = 'revision'").run(all * 2);
}

/** Changes the bytes of a file in place. */
export function spoil(path: string, change: (file: Spoiler) => void): void {
  const file = openSync(path, 'r+');
  try {
    change(new Spoiler(file));
  } finally {
    closeSync(file);
  }
}

export class Spoiler {
  readonly #file: number;
  constructor(file: number) {
    this.#file = file;
  }

  get pages(): number {
    return Math.floor(fstatSync(this.#file).size / pageBytes);
  }

  /** Page 1 is the first. */
  zeroPage(page: number): void {
    this.overwrite((page - 1) * pageBytes, Buffer.alloc(pageBytes));
  }

  scramblePage(page: number): void {
    this.overwrite((page - 1) * pageBytes, randomBytes(pageBytes));
  }

  overwrite(offset: number, bytes: Uint8Array): void {
    writeSync(this.#file, bytes, 0, bytes.byteLength, offset);
  }

  flip(offset: number): void {
    const byte = Buffer.alloc(1);
    if (readSync(this.#file, byte, 0, 1, offset) === 0) return;
    this.overwrite(offset, Buffer.from([(byte[0] ?? 0) ^ 0xff]));
  }

  cutAfterPage(page: number): void {
    ftruncateSync(this.#file, page * pageBytes);
  }
}

/** The page at which a table or an index of a sound store begins. */
export function rootPage(db: Store, name: string): number {
  return Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name));
}

/** The pages of a table or an index of a sound store that hold its rows. */
export function leafPages(db: Store, name: string): number[] {
  return db
    .prepare<[string], number>(
      "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno",
    )
    .pluck()
    .all(name);
}
