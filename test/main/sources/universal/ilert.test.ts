import { describe, expect, test } from 'vitest';
import { changed, fixture, read, readEvent, readEvents } from './reading.ts';

describe('an event of ilert', () => {
  test('ALERT fires under its key, whatever the case, with priority, details and links', () => {
    expect(readEvent(fixture('ilert-alert.json'))).toEqual({
      kind: 'firing',
      noData: false,
      key: 'universal:1:ilert:checkout-latency',
      episodeName: null,
      sentAt: null,
      description: {
        level: 'HIGH',
        title: 'Checkout answers slowly',
        text: 'p95 is 4.2 s.\nThe limit is 1 s.',
        resource: '',
        value: null,
        condition: null,
        labels: { service: 'checkout', alertKey: 'checkout-latency', priority: 'HIGH', region: 'eu-1' },
        links: [
          { label: 'Traces', url: 'https://traces.shop.example/checkout', host: 'traces.shop.example' },
        ],
      },
    });
  });

  test.each([
    ['ACCEPT', 'acknowledged'],
    ['RESOLVE', 'recovered'],
    ['resolve', 'recovered'],
  ])('%s speaks of the same problem and has no level', (eventType, kind) => {
    expect(readEvent(changed('ilert-alert.json', { eventType }))).toMatchObject({
      kind,
      key: 'universal:1:ilert:checkout-latency',
      description: { level: null },
    });
  });

  test('of an old client names its key incidentKey', () => {
    const body = JSON.stringify({ eventType: 'RESOLVE', incidentKey: 'CHECKOUT-latency' });
    expect(readEvent(body).key).toBe('universal:1:ilert:checkout-latency');
  });

  test('is answered with its key, under its old name too', () => {
    expect(readEvents(fixture('ilert-alert.json')).reply).toEqual({
      status: 200,
      body: { alertKey: 'checkout-latency', incidentKey: 'checkout-latency' },
    });
  });

  test('without a key gets one that an exact retry gets again', () => {
    const body = JSON.stringify({ eventType: 'ALERT', summary: 'x' });
    const [one, again] = [readEvents(body), readEvents(body)];
    expect(one.reply?.body['alertKey']).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toEqual(one);
  });

  test('COMMENT is taken and is no problem', () => {
    expect(readEvents(changed('ilert-alert.json', { eventType: 'COMMENT' }))).toMatchObject({
      events: [],
      remarks: ['comment-event'],
    });
  });

  test('that lacks what it needs is not understood', () => {
    expect(read(JSON.stringify({ eventType: 'ALERT', alertKey: 'a' }))).toMatchObject({ reason: 'no-title' });
    expect(read(JSON.stringify({ eventType: 'ACCEPT' }))).toMatchObject({ reason: 'no-alert-key' });
  });
});
