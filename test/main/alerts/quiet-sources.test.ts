import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Submission } from '../../../main/alerts/ingest.ts';
import { type ExpectedSource, QuietSources } from '../../../main/alerts/quiet-sources.ts';
import type { Alert } from '../../../shared/alert.ts';
import { textsOf } from '../../../shared/text/texts.ts';
import { firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';

const hour = 3_600_000;
const start = Date.UTC(2031, 2, 4, 5);
let at: TestLedger;
let source: ExpectedSource;
let sources: readonly ExpectedSource[] | null;
let isHearing: boolean;
/** Stretches in which nobody could reach us. */
let gaps: [number, number][];
let quiet: QuietSources;

const begin = (): QuietSources =>
  new QuietSources({
    ledger: at.ledger,
    store: at.store,
    openAlerts: at.openAlerts,
    sources: () => sources ?? [source],
    isHearing: () => isHearing,
    gapsSince: (from) =>
      gaps
        .filter(([, endedAt]) => endedAt > from)
        .map(([startedAt, endedAt], id) => ({ id, startedAt, endedAt, cause: 'asleep', later: [] })),
    texts: () => textsOf('en'),
    now: () => at.now,
  });

beforeEach(() => {
  at = new TestLedger();
  at.now = start;
  source = {
    id: origin.sourceId,
    kind: 'cloudmonitor',
    name: 'Night shift',
    paused: false,
    expectEveryHours: 24,
    expectSince: null,
    createdAt: start - 100 * hour,
    lastDeliveryAt: start,
  };
  sources = null;
  isHearing = true;
  gaps = [];
  quiet = begin();
});
afterEach(() => at.close());

/** Time passes, looked at as often as the app does, but for the seconds. */
function pass(hours: number): void {
  const end = at.now + hours * hour;
  while (at.now < end) {
    at.now = Math.min(end, at.now + 10 * 60_000);
    quiet.applyDue();
  }
  at.changes.flush();
}

const open = (): Alert[] => [...at.openAlerts.alerts()];

/** A delivery of the source; the app notes its time beside. */
async function hear(content: Submission['content']): Promise<string> {
  const body = Buffer.from('x');
  const stored = at.ingest.submit({
    raw: {
      sourceId: origin.sourceId,
      receivedAt: at.now,
      method: 'POST',
      contentType: null,
      remoteAddress: '127.0.0.1',
      headers: {},
      query: '',
      body,
      bodyHash: createHash('sha256').update(body).digest(),
    },
    origin,
    content,
  });
  at.ingest.flush();
  at.changes.flush();
  if ((await stored).verdict !== 'probe') source = { ...source, lastDeliveryAt: at.now };
  return (await stored).id;
}
const events = (...given: Parameters<typeof firing>[]): Submission['content'] => ({
  kind: 'events',
  events: given.map((one) => firing(...one)),
  remarks: [],
});
const notUnderstood: Submission['content'] = {
  kind: 'no-events',
  verdict: 'not-understood',
  reason: 'not-json',
  remarks: [],
};

describe('a source that says nothing for longer than it should', () => {
  test('opens one alert of its own, of medium priority, that no delivery is made up for', () => {
    pass(24);
    expect(open()).toEqual([]);
    pass(2);
    expect(open()).toMatchObject([
      {
        key: `tocsin:1:quiet:${origin.sourceId}`,
        sourceId: origin.sourceId,
        state: 'open',
        priority: 'medium',
        title: 'Nothing heard from Night shift for 24 h',
        resource: 'Night shift',
        deliveries: 0,
        episode: 1,
      },
    ]);
    expect(at.told).toMatchObject([{ kind: 'opened', reason: 'source-quiet', cause: 'time', before: null }]);
    const [id] = open().map((alert) => alert.id);
    expect(at.timeline.list(id ?? 'A0')).toMatchObject([{ kind: 'opened', reason: 'source-quiet' }]);
    expect(at.deliveries.listDeliveries({}).deliveries).toEqual([]);
  });

  test('counts from the day it was added when it never spoke', () => {
    source = { ...source, createdAt: start, lastDeliveryAt: null };
    pass(23);
    expect(open()).toEqual([]);
    pass(2);
    expect(open()).toMatchObject([{ text: expect.stringMatching(/^Nothing ever came since it was added/) }]);
  });

  test('says the whole time of its silence when only the rule is new', () => {
    source = { ...source, lastDeliveryAt: start - 72 * hour, expectSince: start };
    pass(24);
    expect(open()).toEqual([]);
    pass(1);
    expect(open()).toMatchObject([{ title: 'Nothing heard from Night shift for 96 h' }]);
  });

  test.each([
    ['paused', { paused: true }],
    ['without such a rule', { expectEveryHours: null }],
  ])('is no news while it is %s', (_what, changes) => {
    source = { ...source, ...changes };
    pass(100);
    expect(open()).toEqual([]);
  });

  test('is not blamed for time in which we were deaf', () => {
    gaps = [[start + hour, start + 11 * hour]];
    pass(34);
    expect(open()).toEqual([]);
    pass(1);
    expect(open()).toMatchObject([{ title: 'Nothing heard from Night shift for 34 h' }]);
  });

  test('is not spoken of while we are deaf', () => {
    isHearing = false;
    pass(48);
    expect(open()).toEqual([]);
    isHearing = true;
    pass(1);
    expect(open()).toHaveLength(1);
  });

  test('is found also after a clock that ran ahead was set back', () => {
    pass(1);
    at.now += 1000 * hour;
    source = { ...source, expectEveryHours: 9000 };
    quiet.applyDue();
    source = { ...source, expectEveryHours: 24 };
    at.now -= 1000 * hour;
    pass(24);
    expect(open()).toHaveLength(1);
  });
});

describe('its alert ends', () => {
  beforeEach(() => {
    pass(25);
    at.told.length = 0;
  });
  const quietNow = (): Alert[] => open().filter(({ key }) => key.startsWith('tocsin:'));

  test.each([
    ['an alert', events([start, 'WARN'])],
    ['something that is not understood', notUnderstood],
    ['a recovery of nothing', { kind: 'events', events: [recovered(1)], remarks: [] } as const],
  ])('with the next delivery: %s', async (_what, content) => {
    const delivery = await hear(content);
    expect(quietNow()).toEqual([]);
    expect(at.told).toContainEqual(
      expect.objectContaining({ kind: 'resolved', reason: 'source-heard', cause: 'event' }),
    );
    const id = at.told.find(({ reason }) => reason === 'source-heard')?.alert.id ?? 'A0';
    expect(at.timeline.list(id).at(-1)).toMatchObject({ kind: 'resolved', text: delivery });
    expect(at.store.loadEpisode(id)?.alert).toMatchObject({ resolvedBy: 'recovery', resolvedAt: at.now });
  });

  test('not with a probe', async () => {
    await hear({ kind: 'no-events', verdict: 'probe', reason: 'address-check', remarks: [] });
    expect(quietNow()).toHaveLength(1);
  });

  test('once, when many come at the same time', async () => {
    const first = hear(events([start, 'WARN']));
    const second = hear(events([start, 'WARN', null, 'other']));
    await Promise.all([first, second]);
    expect(at.told.filter(({ reason }) => reason === 'source-heard')).toHaveLength(1);
  });

  test('after a restart as before it', async () => {
    at.restart();
    quiet = begin();
    quiet.applyDue();
    expect(quietNow()).toHaveLength(1);
    await hear(notUnderstood);
    expect(quietNow()).toEqual([]);
  });

  test.each([
    ['paused', () => (source = { ...source, paused: true })],
    ['rid of its rule', () => (source = { ...source, expectEveryHours: null })],
    ['given another rule', () => (source = { ...source, expectEveryHours: 48, expectSince: at.now })],
    ['removed', () => (sources = [])],
  ])('when the source is %s', (_what, change) => {
    change();
    pass(1);
    expect(open()).toEqual([]);
    expect(at.told).toMatchObject([{ kind: 'resolved', reason: 'not-expected', cause: 'person' }]);
  });

  test('when a person closes it, and then comes back after the full time only', () => {
    const ids = quietNow().map(({ id }) => id);
    at.actions.act(ids, { kind: 'resolve', note: null });
    pass(24);
    expect(open()).toEqual([]);
    pass(1);
    expect(quietNow()).toMatchObject([{ episode: 2, title: 'Nothing heard from Night shift for 49 h' }]);
  });

  test('not by the rule that closes what nothing is heard of', () => {
    at.closeAfterMinutes = 1;
    at.now += hour;
    expect(at.actions.applyDue()).toBe(0);
    expect(quietNow()).toHaveLength(1);
  });

  test('not by waiting: acknowledged it stays so, and is there once', () => {
    at.actions.act(
      quietNow().map(({ id }) => id),
      { kind: 'acknowledge', note: 'asked them' },
    );
    pass(100);
    expect(open()).toMatchObject([{ state: 'acknowledged', acknowledgeNote: 'asked them' }]);
  });
});
