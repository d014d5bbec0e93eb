// Random sequences against a reference model that is small enough to be believed by reading it.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import { firing, recovered, TestLedger } from '../../fakes/ledger.ts';

type Op =
  | { readonly do: 'send'; readonly event: AlertEvent }
  | { readonly do: 'resend'; readonly back: number }
  | { readonly do: 'acknowledge' | 'take back' | 'close' | 'snooze' | 'wait' | 'restart' };

const rank: Readonly<Record<string, number>> = { CRITICAL: 0, WARN: 1, INFO: 2 };

/** One problem, as a person would describe it. */
class Model {
  alerts = 0;
  state: 'none' | 'open' | 'acknowledged' | 'recovered' | 'closed' = 'none';
  level = '';
  episode = '';
  snoozed = false;
  newestFiring = -1;
  newestRecovery = -1;
  readonly seen = new Set<string>();

  send(event: AlertEvent): void {
    const level = event.description.level ?? '';
    const name = `${event.kind} ${level} ${event.sentAt}`;
    if (this.seen.has(name)) return;
    this.seen.add(name);
    const at = event.sentAt ?? 0;
    const on = this.state === 'open' || this.state === 'acknowledged';
    if (event.kind === 'recovered') {
      this.newestRecovery = Math.max(this.newestRecovery, at);
      if ((on || this.state === 'closed') && at >= this.newestFiring) this.state = 'recovered';
      return;
    }
    if (at <= this.newestRecovery) return;
    const same = event.episodeName === this.episode;
    if ((on || (this.state === 'closed' && same)) && at < this.newestFiring) return;
    if (on && at === this.newestFiring && (!same || (rank[level] ?? 1) >= (rank[this.level] ?? 1))) return;
    const isNew = on ? !same : this.state !== 'closed' || !same;
    if (isNew) this.alerts += 1;
    if (isNew || !on || (rank[level] ?? 1) < (rank[this.level] ?? 1)) {
      this.state = 'open';
      this.snoozed = false;
    }
    this.episode = isNew ? (event.episodeName ?? '') : this.episode;
    this.level = level;
    this.newestFiring = isNew ? at : Math.max(at, this.newestFiring);
  }
}

const time = fc.integer({ min: 1, max: 30 });
const level = fc.constantFrom('CRITICAL', 'WARN', 'INFO');
// Mostly one episode, else nothing ever happens for long to the same alert.
const episode = fc.constantFrom('x', 'x', 'x', 'x', 'y', 'z');
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      event: fc.tuple(time, level, episode).map(([at, word, name]) => firing(at, word, name)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      event: fc.tuple(time, episode).map(([at, name]) => recovered(at, name)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resend' as const), back: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'acknowledge' as const,
        'acknowledge' as const,
        'take back' as const,
        'close' as const,
        'snooze' as const,
        'wait' as const,
        'restart' as const,
      ),
    }),
  },
);

const ledgers: TestLedger[] = [];
afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close();
});

function openLedger(): TestLedger {
  const ledger = new TestLedger();
  ledgers.push(ledger);
  return ledger;
}

describe('any sequence of firing, repeat, rise, fall, OK, retry, reorder, acknowledge, snooze, restart', () => {
  test('leaves the store in the state of the reference model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { maxLength: 30, size: 'max' }), async (ops) => {
        const ledger = openLedger();
        const model = new Model();
        const sent: AlertEvent[] = [];
        for (const step of ops) {
          ledger.now += 1000;
          await perform(step, ledger, model, sent);
          check(ledger, model);
        }
        ledgers.splice(ledgers.indexOf(ledger), 1);
        ledger.close();
      }),
      { numRuns: 250 },
    );
  }, 60_000);

  test('is told in changes whose revisions rise by one, also across restarts', async () => {
    const ledger = openLedger();
    await ledger.deliver(firing(1));
    ledger.restart();
    await ledger.deliver(firing(2), recovered(3));
    expect(ledger.told.map((change) => change.revision)).toEqual([1, 2, 3]);
  });
});

describe('the messages of some episodes, in any order and each one to four times', () => {
  test('end in the same state: firing if the newest firing is newer than the newest recovery', async () => {
    const message = fc.oneof(
      fc.tuple(time, level).map(([at, word]) => firing(at, word)),
      time.map((at) => recovered(at)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        async (messages, numbers) => {
          const many = messages.flatMap((event) =>
            Array<AlertEvent>(1 + ((numbers.next().value ?? 0) % 4)).fill(event),
          );
          const shuffled = many
            .map((event) => ({ event, at: numbers.next().value ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ event }) => event);
          const ledger = openLedger();
          for (const event of shuffled) await ledger.deliver(event);
          const times = (kind: AlertEvent['kind']) =>
            messages.filter((event) => event.kind === kind).map((event) => event.sentAt ?? 0);
          const newest = Math.max(-1, ...times('firing'));
          const open = newest > Math.max(-1, ...times('recovered'));
          const alerts = [...ledger.openAlerts.alerts()];
          expect(alerts.length).toBe(open ? 1 : 0);
          if (open) {
            const worst = messages
              .filter((event) => event.kind === 'firing' && event.sentAt === newest)
              .map((event) => rank[event.description.level ?? ''] ?? 1);
            expect(rank[alerts[0]?.level ?? '']).toBe(Math.min(...worst));
          }
          ledgers.splice(ledgers.indexOf(ledger), 1);
          ledger.close();
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

async function perform(step: Op, ledger: TestLedger, model: Model, sent: AlertEvent[]): Promise<void> {
  const [alert] = ledger.openAlerts.alerts();
  const on = model.state === 'open' || model.state === 'acknowledged';
  switch (step.do) {
    case 'send':
    case 'resend': {
      const event = step.do === 'send' ? step.event : sent.at(-1 - step.back);
      if (event === undefined) return;
      sent.push(event);
      await ledger.deliver(event);
      model.send(event);
      return;
    }
    case 'acknowledge':
      if (alert !== undefined) ledger.actions.act([alert.id], { kind: 'acknowledge', note: null });
      if (on) model.snoozed = false;
      if (on) model.state = 'acknowledged';
      return;
    case 'take back':
      if (alert !== undefined) ledger.actions.act([alert.id], { kind: 'unacknowledge' });
      if (on) model.state = 'open';
      return;
    case 'close':
      if (alert !== undefined) ledger.actions.act([alert.id], { kind: 'resolve', note: null });
      if (on) [model.state, model.snoozed] = ['closed', false];
      return;
    case 'snooze':
      if (alert !== undefined) ledger.actions.act([alert.id], { kind: 'snooze', until: ledger.now + 60_000 });
      if (on) model.snoozed = true;
      return;
    case 'wait':
      ledger.now += 60_000;
      ledger.actions.applyDue();
      if (on && model.snoozed) [model.state, model.snoozed] = ['open', false];
      return;
    case 'restart':
      ledger.restart();
      return;
  }
}

function check(ledger: TestLedger, model: Model): void {
  const on = model.state === 'open' || model.state === 'acknowledged';
  const inMemory = [...ledger.openAlerts.alerts()];
  const inStore = ledger.queries.listAlerts({}).alerts;
  expect(inStore).toEqual(inMemory);
  expect(inMemory.map((alert) => [alert.state, alert.level, alert.snoozedUntil !== null])).toEqual(
    on ? [[model.state, model.level, model.snoozed]] : [],
  );
  const all = ledger.queries.listAlerts({ states: ['open', 'acknowledged', 'snoozed', 'resolved'] }).alerts;
  expect(all.length).toBe(model.alerts);
}
