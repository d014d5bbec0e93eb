import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NotificationRecord } from '../../../main/notifications/notification-record.ts';
import { NotificationLog } from '../../../main/notifications/notification-log.ts';
import type { AlertId } from '../../../shared/alert.ts';
import { firing, TestLedger } from '../../fakes/ledger.ts';
import { until } from '../../fakes/until.ts';

let at: TestLedger;
let log: NotificationLog;
const written: (readonly AlertId[])[] = [];
const faults: unknown[] = [];
const states: boolean[] = [];
beforeEach(() => {
  at = new TestLedger();
  written.length = 0;
  faults.length = 0;
  states.length = 0;
  log = new NotificationLog({
    db: at.db,
    timeline: at.timeline,
    onWritten: (ids) => written.push(ids),
    onStoreState: (writable) => states.push(writable),
    onFault: (error) => faults.push(error),
  });
});
afterEach(() => {
  vi.useRealTimers();
  log.flush();
  at.close();
});

function decision(given: Partial<NotificationRecord> = {}): NotificationRecord {
  return { alertId: 'A1', at: at.now, kind: 'notified', text: 'none', reason: 'opened', ...given };
}

const lines = (id: AlertId = 'A1'): string[] =>
  at.timeline.list(id).map(({ kind, reason, times }) => `${kind} ${reason} x${times}`);

test('decisions of a moment are written together, and each alert is named once', async () => {
  log.record(decision());
  log.record(decision({ alertId: 'A2' }));
  log.record(decision({ kind: 'withheld', reason: 'repeat', text: '' }));
  expect(lines()).toEqual([]);
  await until(() => written.length > 0);
  expect(written).toEqual([['A1', 'A2']]);
  expect(lines()).toEqual(['notified opened x1', 'withheld repeat x1']);
  expect(lines('A2')).toEqual(['notified opened x1']);
});

test('a chatty sender’s repeats are one line with a number', () => {
  for (let repeat = 0; repeat < 40; repeat += 1)
    log.record(decision({ kind: 'withheld', reason: 'repeat', text: '' }));
  log.flush();
  expect(lines()).toEqual(['withheld repeat x40']);
});

test('two toasts are two lines, even with the same words', () => {
  log.record(decision());
  log.record(decision());
  log.flush();
  expect(lines()).toEqual(['notified opened x1', 'notified opened x1']);
});

test('what happened in between keeps its place', () => {
  log.record(decision({ kind: 'withheld', reason: 'repeat', text: '' }));
  log.record(decision({ reason: 'level-rose' }));
  log.record(decision({ kind: 'withheld', reason: 'repeat', text: '' }));
  log.flush();
  expect(lines()).toEqual(['withheld repeat x1', 'notified level-rose x1', 'withheld repeat x1']);
});

test('while the store cannot be written decisions are kept, and written by themselves when it can', async () => {
  await at.deliver(firing(1));
  at.db.pragma(`max_page_count = ${Number(at.db.pragma('page_count', { simple: true }))}`);
  log.record(decision({ text: 'x'.repeat(100_000) }));
  log.flush();
  expect(faults).toHaveLength(1);
  expect(lines()).toEqual(['opened opened x1']);
  at.db.pragma('max_page_count = 1000000');
  await until(() => written.length > 0, 5000);
  expect(lines()).toEqual(['opened opened x1', 'notified opened x1']);
});
