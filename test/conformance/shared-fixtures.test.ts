// The shared collection of real and documented bodies of CloudMonitor lies outside of the repository; where it is absent this
// is skipped and says so. Nothing in it is read otherwise than its index expects, but for one rule: a recovery carries no
// level, whatever word stands beside it, because that word never may lower what is stored (product: priority).
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cloudmonitor } from '../../main/sources/cloudmonitor/cloudmonitor.ts';
import type { Reading } from '../../main/sources/source.ts';

const folder = new URL('../../../shared/fixtures/cloudmonitor/', import.meta.url);
const indexFile = new URL('index.json', folder);
const present = existsSync(indexFile);

interface FixtureEntry {
  readonly file: string;
  readonly content_type: string;
  readonly method: string;
  readonly expected_state: 'open' | 'resolve' | 'unknown';
  readonly expected_level: string | null;
}

const entries = present ? (JSON.parse(readFileSync(indexFile, 'utf8')) as readonly FixtureEntry[]) : [];
const expecting = (...states: readonly FixtureEntry['expected_state'][]): readonly FixtureEntry[] =>
  entries.filter(({ expected_state }) => states.includes(expected_state));

/** As the hook reads it: without what must not be kept of a person. */
function readFixture(entry: FixtureEntry): Reading {
  const bytes = readFileSync(new URL(entry.file, folder));
  // `.http` files hold a whole request; its body is what follows the empty line.
  const body = entry.file.endsWith('.http')
    ? Buffer.from(bytes.toString().split(/\r?\n\r?\n/)[1] ?? '')
    : bytes;
  const incoming = { method: entry.method, contentType: entry.content_type, query: '', body };
  return cloudmonitor.read(cloudmonitor.withoutPersonalData(incoming));
}

test.skipIf(present)('the shared fixtures are not here, so nothing was compared with them', () => undefined);

describe.skipIf(!present)('the shared fixtures of CloudMonitor', () => {
  test.each(expecting('open'))('$file opens with level $expected_level', (entry) => {
    const reading = readFixture(entry);
    if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
    expect(reading.events.map(({ kind, description }) => [kind, description.level])).toEqual([
      ['firing', entry.expected_level],
    ]);
    const noData = reading.events.map((event) => event.kind === 'firing' && event.noData);
    expect(noData).toEqual([entry.expected_level === 'NODATA']);
  });

  test.each(expecting('resolve'))('$file recovers, without a level', (entry) => {
    const reading = readFixture(entry);
    if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
    expect(reading.events.map(({ kind, description }) => [kind, description.level])).toEqual([
      ['recovered', null],
    ]);
    // Only a threshold callback says OK beside its OK.
    const contradicts = entry.file.startsWith('threshold-') && entry.expected_level !== 'OK';
    expect(reading.remarks.includes('level-contradicts-state')).toBe(contradicts);
  });

  test.each(expecting('unknown'))('$file opens nothing, and there is a reason', (entry) => {
    const reading = readFixture(entry);
    if (reading.kind === 'events') {
      expect(reading.events.filter(({ kind }) => kind === 'firing')).toEqual([]);
      expect(reading.remarks).not.toEqual([]);
    } else {
      expect(reading.reason).not.toBe('');
    }
  });

  test('the Test button is a probe', () => {
    const entry = entries.find(({ file }) => file === 'test-button-get.http');
    expect(entry).toBeDefined();
    if (entry !== undefined) expect(readFixture(entry).kind).toBe('probe');
  });

  test('each step of a maintenance and of a subscribed event is one problem, and other events are others', () => {
    const keys = new Map(
      entries.flatMap((entry) => {
        const reading = readFixture(entry);
        return reading.kind === 'events' ? reading.events.map(({ key }) => [entry.file, key] as const) : [];
      }),
    );
    const same = (first: string, second: string): void => {
      expect(keys.get(first)).toBeDefined();
      expect(keys.get(first), `${first}, ${second}`).toBe(keys.get(second));
    };
    same('system-event-ecs-maintenance-scheduled.json', 'system-event-ecs-maintenance-avoided.json');
    same('event-subscription-doc.json', 'event-subscription-resolved-guess.json');
    same('event-subscription-ecs-statechange-2024.form', 'event-subscription-ecs-statechange-2024.json');
    same('arms-alertmanager-firing.json', 'arms-alertmanager-resolved-guess.json');
    expect(keys.get('system-event-snapshot-done.json')).not.toBe(keys.get('system-event-disk-attach.json'));
  });

  test('nobody in them is kept', () => {
    for (const entry of entries) {
      const body = readFileSync(new URL(entry.file, folder));
      const { body: kept } = cloudmonitor.withoutPersonalData({
        method: 'POST',
        contentType: null,
        query: '',
        body,
      });
      expect(Buffer.from(kept).toString(), entry.file).not.toMatch(/aliyunId|nickName|userNameSec/);
    }
  });
});
