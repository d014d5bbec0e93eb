import { describe, expect, test } from 'vitest';
import { changed, fixture, read, readEvent, readEvents } from './reading.ts';

const payload = { summary: 'Replica is 340 s behind', severity: 'error', source: 'replica-3.shop.example' };

describe('a trigger', () => {
  test('fires under its dedup_key, with severity, source and details', () => {
    expect(readEvent(fixture('pagerduty-trigger.json'))).toEqual({
      kind: 'firing',
      noData: false,
      key: 'universal:1:pagerduty:shop/replica-lag',
      episodeName: null,
      sentAt: Date.UTC(2026, 2, 1, 8),
      description: {
        level: 'ERROR',
        title: 'Replica is 340 s behind · replica-3.shop.example',
        text: 'component postgres · group shop-databases · class replication',
        resource: 'replica-3.shop.example',
        value: null,
        condition: null,
        labels: {
          component: 'postgres',
          group: 'shop-databases',
          class: 'replication',
          severity: 'error',
          source: 'replica-3.shop.example',
          dedup_key: 'shop/replica-lag',
          client: 'Lag watcher',
          'lag seconds': '340',
          primary: 'primary-1.shop.example',
        },
        links: [
          { label: 'Lag watcher', url: 'https://lag.shop.example/replica-3', host: 'lag.shop.example' },
          { label: 'Runbook', url: 'https://runbooks.shop.example/lag', host: 'runbooks.shop.example' },
        ],
      },
    });
  });

  test('is answered as PagerDuty answers', () => {
    expect(readEvents(fixture('pagerduty-trigger.json')).reply).toEqual({
      status: 202,
      body: { status: 'success', message: 'Event processed', dedup_key: 'shop/replica-lag' },
    });
  });

  test('without a dedup_key gets one, the same for an exact retry and another for anything else', () => {
    const body = (summary: string): string =>
      JSON.stringify({ event_action: 'trigger', payload: { ...payload, summary } });
    const [one, again, other] = [body('a'), body('a'), body('b')].map((text) => readEvents(text));
    const key = String(one?.reply?.body['dedup_key']);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(one?.events[0]?.key).toBe(`universal:1:pagerduty:${key}`);
    expect(again?.reply).toEqual(one?.reply);
    expect(other?.reply?.body['dedup_key']).not.toBe(key);
    expect(readEvent(JSON.stringify({ event_action: 'resolve', dedup_key: key })).key).toBe(
      one?.events[0]?.key,
    );
  });

  test('is not lost over a formality: any severity, no source', () => {
    const body = JSON.stringify({ event_action: 'trigger', payload: { summary: 'a', severity: 'bad' } });
    expect(readEvent(body)).toMatchObject({ kind: 'firing', description: { level: 'BAD', title: 'a' } });
  });

  test.each(['2026-03-01T08:00:00', 'yesterday'])('with the time %s has none, and says so', (timestamp) => {
    const reading = readEvents(changed('pagerduty-trigger.json', { payload: { ...payload, timestamp } }));
    expect(reading.events[0]?.sentAt).toBeNull();
    expect(reading.remarks).toEqual(['unreadable-time']);
  });
});

describe('what follows', () => {
  test.each([
    ['acknowledge', 'acknowledged'],
    ['resolve', 'recovered'],
  ])('%s needs no payload and speaks of the same problem', (event_action, kind) => {
    const reading = readEvents(JSON.stringify({ event_action, dedup_key: 'shop/replica-lag' }));
    expect(reading.events).toMatchObject([
      { kind, key: readEvent(fixture('pagerduty-trigger.json')).key, description: { level: null } },
    ]);
    expect(reading.reply).toMatchObject({ status: 202, body: { dedup_key: 'shop/replica-lag' } });
  });

  test('a change event is taken and is no problem', () => {
    expect(readEvents(fixture('pagerduty-change.json'))).toEqual({
      kind: 'events',
      events: [],
      remarks: ['change-event'],
      reply: { status: 202, body: { status: 'success', message: 'Change event processed' } },
    });
  });
});

describe('an event that lacks what it needs', () => {
  test.each([
    [
      'no summary',
      { event_action: 'trigger', payload: { severity: 'error', source: 'x' } },
      'payload.summary',
    ],
    ['no payload', { event_action: 'trigger' }, 'payload.summary'],
    ['no key to acknowledge', { event_action: 'acknowledge' }, 'dedup_key'],
    ['no key to resolve', { event_action: 'resolve', dedup_key: ' ' }, 'dedup_key'],
    ['no action', { payload }, 'event_action'],
    ['an empty action', { event_action: '' }, 'event_action'],
    ['another action', { event_action: 'assign', dedup_key: 'x' }, 'event_action'],
  ])('%s: is kept, and answered 400, since a retry cannot help', (_what, body, named) => {
    const reading = read(JSON.stringify(body));
    expect(reading).toMatchObject({
      kind: 'not-understood',
      reason: 'invalid-pagerduty-event',
      reply: { status: 400, body: { status: 'invalid event' } },
    });
    expect(JSON.stringify(reading)).toContain(named);
  });
});
