import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Retention } from '../../../main/alerts/retention.ts';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { filledAt, fillStore } from '../../fakes/filled-store.ts';

const day = 24 * 60 * 60 * 1000;
let dataDir: string;
let db: Store;
let forgotten: string[];
let retention: Retention;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  fillStore(dataDir, { resolved: 130, unresolved: 4 });
  open();
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

function open(): void {
  db = openDatabase(join(dataDir, 'tocsin.db'));
  forgotten = [];
  retention = new Retention({ db, forgetWords: (ids) => void forgotten.push(...ids) });
}

/** A whole pass; returns its steps. */
function pass(now: number): number {
  for (let steps = 0; steps < 10_000; steps += 1) if (!retention.step(now)) return steps;
  throw new Error('It never comes to an end.');
}

const count = (sql: string): number => Number(db.prepare(sql).pluck().get());
const rows = (table: string): number => count(`SELECT count(*) FROM ${table}`);
const isOpen = 'alert_id IN (SELECT id FROM alerts WHERE place_rank < 3)';

describe('young things stay', () => {
  test('nothing is touched within 30 days', () => {
    pass(filledAt + 29 * day);
    expect(count('SELECT count(*) FROM deliveries WHERE length(body) = 300 AND body_removed = 0')).toBe(134);
    expect(rows('alerts')).toBe(134);
    expect(rows('timeline')).toBe(398);
  });
});

describe('after 30 days', () => {
  test('bodies are emptied; row, verdict, size and hash stay', () => {
    const before = db.prepare('SELECT verdict, bytes, body_hash FROM deliveries WHERE id = 5').get();
    pass(filledAt + 31 * day);
    expect(db.prepare('SELECT verdict, bytes, body_hash FROM deliveries WHERE id = 5').get()).toEqual(before);
    expect(
      db.prepare('SELECT length(body) AS kept, body_removed FROM deliveries WHERE id = 5').get(),
    ).toEqual({
      kept: 0,
      body_removed: 1,
    });
    expect(rows('deliveries')).toBe(134);
  });

  test('fewer in one step when they speak of many alerts, each of which has to be looked up', () => {
    const many = JSON.stringify(Array.from({ length: 600 }, (_, index) => [1 + (index % 130), null]));
    db.prepare('UPDATE deliveries SET alerts = ? WHERE id <= 6').run(many);
    retention.step(filledAt + 31 * day);
    expect(count('SELECT count(*) FROM deliveries WHERE body_removed = 1')).toBe(2);
    pass(filledAt + 31 * day);
    expect(count('SELECT count(*) FROM deliveries WHERE body_removed = 1')).toBe(130);
  });

  test('not those that an unresolved alert hangs on', () => {
    pass(filledAt + 31 * day);
    expect(count('SELECT count(*) FROM deliveries WHERE length(body) = 300 AND id > 130')).toBe(4);
    expect(count('SELECT count(*) FROM deliveries WHERE length(body) > 0')).toBe(4);
  });

  test('one from a clock that was ahead does not keep the others', () => {
    db.prepare('UPDATE deliveries SET received_at = ? WHERE id = 3').run(filledAt + 9000 * day);
    pass(filledAt + 31 * day);
    expect(count('SELECT count(*) FROM deliveries WHERE body_removed = 1')).toBe(129);
  });

  test('a restart goes on where it was, and a later pass looks at what has aged since only', () => {
    pass(filledAt + 31 * day);
    db.close();
    open();
    // Looked at and passed: it would be emptied if anybody came by again.
    db.prepare("UPDATE deliveries SET body = x'31', body_removed = 0 WHERE id = 3").run();
    pass(filledAt + 31 * day);
    expect(count('SELECT length(body) FROM deliveries WHERE id = 3')).toBe(1);
  });
});

describe('after a year', () => {
  test('alerts that are over go with their timelines, words and deliveries', () => {
    pass(filledAt + 366 * day);
    expect(rows('alerts')).toBe(4);
    expect(rows('timeline')).toBe(8);
    expect(rows('deliveries')).toBe(4);
    expect(forgotten).toHaveLength(130);
    expect(forgotten).toContain('A1');
  });

  test('unresolved alerts never go, nor what hangs on them', () => {
    pass(filledAt + 4000 * day);
    expect(count('SELECT count(*) FROM alerts WHERE place_rank < 3')).toBe(4);
    expect(count(`SELECT count(*) FROM timeline WHERE ${isOpen}`)).toBe(8);
    expect(count('SELECT count(*) FROM deliveries WHERE length(body) = 300')).toBe(4);
    expect(rows('problems')).toBe(4);
  });

  test('a timeline without end goes in pieces, its alert last', () => {
    const line = db.prepare(
      "INSERT INTO timeline (alert_id, at, kind, text, reason, last_at) VALUES (1, 1, 'repeated', '', '', 1)",
    );
    db.transaction(() => {
      for (let index = 0; index < 1500; index += 1) line.run();
    })();
    let before = rows('timeline');
    for (let step = 0; step < 10_000; step += 1) {
      const more = retention.step(filledAt + 366 * day);
      expect(before - rows('timeline')).toBeLessThanOrEqual(200);
      before = rows('timeline');
      if (rows('alerts WHERE id = 1') === 0) expect(rows('timeline WHERE alert_id = 1')).toBe(0);
      if (!more) break;
    }
    expect(rows('timeline')).toBe(8);
  });

  test('ids are not used again', () => {
    db.prepare("UPDATE alerts SET state = 'resolved', place_rank = 3, resolved_at = opened_at").run();
    pass(filledAt + 366 * day);
    expect(rows('alerts')).toBe(0);
    expect(count("SELECT seq FROM sqlite_sequence WHERE name = 'alerts'")).toBe(134);
  });
});

describe('what holds back messages that come late or twice', () => {
  test('outlives the alerts', () => {
    pass(filledAt + 399 * day);
    expect(rows('problems')).toBe(134);
    expect(rows('applied_events')).toBe(134);
  });

  test('goes when nothing can come any more', () => {
    pass(filledAt + 402 * day);
    expect(rows('problems')).toBe(4);
    expect(rows('applied_events')).toBe(0);
  });

  test('stays as long as an alert of the problem is there', () => {
    db.prepare('UPDATE alerts SET resolved_at = ? WHERE id = 7').run(filledAt + 300 * day);
    pass(filledAt + 402 * day);
    expect(rows('problems')).toBe(5);
  });
});

test('with nothing to do, an hour passes before it looks again', () => {
  const now = filledAt + 31 * day;
  pass(now);
  expect(pass(now + 59 * 60_000)).toBe(0);
  expect(pass(now + 61 * 60_000)).toBeGreaterThan(0);
  // A clock that was set back does not stop it for good.
  expect(pass(now - 40 * day)).toBeGreaterThan(0);
});

test('free pages go back to the disk when they are many', () => {
  db.close();
  rmSync(dataDir, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  fillStore(dataDir, { resolved: 300, unresolved: 1, bodyBytes: 100_000 });
  open();
  const before = count('PRAGMA page_count');
  pass(filledAt + 31 * day);
  expect(count('PRAGMA page_count')).toBeLessThan(before * 0.8);
  expect(db.pragma('quick_check', { simple: true })).toBe('ok');
});
