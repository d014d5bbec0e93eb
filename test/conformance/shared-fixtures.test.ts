// The shared collection of real and documented bodies lies outside of the repository; where it is absent this is skipped
// and says so. Formats B to G of CloudMonitor and the other senders are only required not to throw until they are built.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { senderOf } from '../../main/sources/catalogue.ts';
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
const isThreshold = ({ file }: FixtureEntry): boolean => /^threshold-.*\.(?:form|json)$/.test(file);

function readFixture(entry: FixtureEntry): Reading {
  const sender = senderOf('cloudmonitor');
  if (sender === null) throw new Error('no CloudMonitor sender');
  const bytes = readFileSync(new URL(entry.file, folder));
  // `.http` files hold a whole request; its body is what follows the empty line.
  const body = entry.file.endsWith('.http')
    ? Buffer.from(bytes.toString().split(/\r?\n\r?\n/)[1] ?? '')
    : bytes;
  return sender.read({ method: entry.method, contentType: entry.content_type, query: '', body });
}

test.skipIf(present)('the shared fixtures are not here, so nothing was compared with them', () => undefined);

describe.skipIf(!present)('the shared fixtures of CloudMonitor', () => {
  test.each(entries.filter(isThreshold))('$file has the expected state and level', (entry) => {
    const reading = readFixture(entry);
    if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
    const [event] = reading.events;
    expect(reading.events).toHaveLength(1);
    expect(event?.kind).toBe(entry.expected_state === 'open' ? 'firing' : 'recovered');
    if (event?.kind === 'firing') {
      expect(event.description.level).toBe(entry.expected_level);
      expect(event.noData).toBe(entry.expected_level === 'NODATA');
    } else {
      // A recovery has no level; that this one named another is remarked.
      expect(event?.description.level).toBeNull();
      expect(reading.remarks.includes('level-contradicts-state')).toBe(entry.expected_level !== 'OK');
    }
  });

  test('the Test button is a probe', () => {
    const entry = entries.find(({ file }) => file === 'test-button-get.http');
    expect(entry).toBeDefined();
    if (entry !== undefined) expect(readFixture(entry).kind).toBe('probe');
  });

  test.each(entries.filter((entry) => !isThreshold(entry)))('$file does not throw', (entry) => {
    expect(['events', 'probe', 'not-understood']).toContain(readFixture(entry).kind);
  });
});
