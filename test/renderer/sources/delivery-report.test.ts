import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryReport } from '../../../renderer/sources/delivery-report.ts';
import { fakeAlert, fakeDeliveryDetail } from '../fake-alerts.ts';

const now = Date.UTC(2031, 2, 4, 2, 10);
const secret = 'q7Hn2kPz0sLxW9aVb3cRtY';

function reportOf(body: string, headers: Record<string, string> = {}): string {
  return deliveryReport({ ...fakeDeliveryDetail(fakeAlert(1, now)), body, headers }, [secret]);
}

/** What became of a body. */
const clean = (body: string): string => reportOf(body).split('\n\n').slice(2).join('\n\n').trimEnd();

describe('a report of a delivery', () => {
  test('has facts, headers and the body to the letter, but not who sent it', () => {
    const report = reportOf('{\n  "alarm_id": nan,\n  "counter":3 }', { 'user-agent': 'Go-http-client/1.1' });
    expect(report).toMatch(
      /^ClusterControl delivery D1002, 2031-.*\nPOST, application\/x-www-form.*, 514 bytes\n/,
    );
    expect(report).toContain(
      '\n\nuser-agent: Go-http-client/1.1\n\n{\n  "alarm_id": nan,\n  "counter":3 }\n',
    );
    expect(report).not.toContain('127.0.0.1');
  });

  test.each([
    [`{"url":"http://127.0.0.1:9797/hooks/cc-7/${secret}"}`],
    [`see ${secret}`],
    ['http://x/hooks/cc-abc123/some-other_secret?x=1'],
    ['{"routing_key": "some-other_secret", "a": 1}'],
    ['{"Password":"some-other_secret"}'],
    ['{"password":"with \\" quote some-other_secret"}'],
    ['{"text":"{\\"api_key\\":\\"some-other_secret\\"}"}'],
    ['1234 mysqld --password=some-other_secret --port=3306'],
    ['1234 mysql -uroot -psome-other_secret'],
    ['a=1&token=some-other_secret&b=2'],
    ['authorization: Bearer some-other_secret'],
    ['https://root:some-other_secret@db.example.net/x'],
  ])('has no secret: %s', (body) => {
    expect(reportOf(body)).not.toContain(secret);
    expect(reportOf(body)).not.toContain('some-other_secret');
  });

  test('takes what looks like a secret for one, and words, dates and ids not', () => {
    expect(clean('x 7c0ffee07c0ffee07c0ffee07c0ffee0 Zk3mQ9xT-r4Lw8_vB1nYpE')).toBe('x [secret] [secret]');
    const harmless =
      '"StorageUtilizationPrediction" 2031-03-04T02:10:00.000Z cmonalarmdb.cpp 10006 0b1e4f7a-1c2d-4e5f-8a9b-0c1d2e3f4a5b';
    expect(clean(harmless)).toBe(harmless);
  });

  test('calls the same address and the same host the same everywhere, whatever the order', () => {
    const body = JSON.stringify({
      hostname: 'db-1.example.net',
      cluster_name: 'orders',
      user_name: 'pat',
      message: 'Server db-1.example.net (10.4.4.1) of orders: pat asked 10.4.4.2 and fe80::1, not 10.4.4.1.',
      other: 'db-1.example.network at 02:10:00, ::1',
      mail: 'pat@example.net',
    });
    expect(JSON.parse(clean(body))).toEqual({
      hostname: '[host-1]',
      cluster_name: '[cluster-2]',
      user_name: '[name-3]',
      message: 'Server [host-1] ([ip-1]) of [cluster-2]: [name-3] asked [ip-2] and [ip-3], not [ip-1].',
      other: 'db-1.example.network at 02:10:00, ::1',
      mail: '[e-mail]',
    });
  });

  test('keeps the names of members, also when a host is called so', () => {
    expect(clean('{"hostname":"title","title":"on title"}')).toBe(
      '{"hostname":"[host-1]","title":"on [host-1]"}',
    );
  });

  test('fits into the clipboard, cut after the secrets are gone', () => {
    const report = reportOf(`${'x'.repeat(79_990)} ${secret} ${'y'.repeat(30_000)}`);
    expect(report.length).toBeLessThan(100_000);
    expect(report).toContain('more characters]');
    expect(report).not.toContain(secret.slice(0, 8));
  });

  test('never throws, and never holds the secret, whatever is around it', () => {
    const piece = fc.oneof(
      fc.constantFrom(secret, '"', '\\', 'host_name":"', '":', '[', '(', '/hooks/cc-1/'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(reportOf(pieces.join(''))).not.toContain(secret);
      }),
    );
  });

  test.each(['password', 'token=', '"', '\\"', 'aA1', '//a:', '1.', 'a:', '"host":"a"', 'x@y'])(
    'a megabyte of %j takes no time',
    (piece) => {
      const started = performance.now();
      reportOf(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );
});
