// The shared collection of real and documented bodies lies outside of the repository; where it is absent this is skipped
// and says so.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../main/alerts/alert-event.ts';
import type { Reading } from '../../main/sources/source.ts';
import { universal } from '../../main/sources/universal/universal.ts';

const folder = new URL('../../../shared/fixtures/other/', import.meta.url);
const indexFile = new URL('index.json', folder);
const present = existsSync(indexFile);

interface FixtureEntry {
  readonly file: string;
  readonly content_type: string;
  readonly expected_state: 'open' | 'resolve' | 'unknown';
  readonly expected_severity: string;
  readonly expected_action?: string;
  readonly per_alert?: readonly { readonly fingerprint: string; readonly state: string }[];
}

const entries = present ? (JSON.parse(readFileSync(indexFile, 'utf8')) as readonly FixtureEntry[]) : [];

function readFixture({ file, content_type }: FixtureEntry): Reading {
  const body = readFileSync(new URL(file, folder));
  return universal.read({ method: 'POST', contentType: content_type, query: '', body });
}

function kindOf({ expected_state, expected_action }: FixtureEntry): AlertEvent['kind'] {
  if (expected_action === 'acknowledge') return 'acknowledged';
  return expected_state === 'open' ? 'firing' : 'recovered';
}

test.skipIf(present)('the shared fixtures are not here, so nothing was compared with them', () => undefined);

describe.skipIf(!present)('the shared fixtures of other senders', () => {
  test.each(entries.filter((entry) => entry.expected_state !== 'unknown'))(
    '$file has the expected state and level',
    (entry) => {
      const reading = readFixture(entry);
      if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
      const level =
        entry.expected_severity === 'unknown' || entry.expected_state === 'resolve'
          ? null // A recovery has no level, whatever its labels say.
          : entry.expected_severity.toUpperCase();
      for (const event of reading.events)
        expect(event).toMatchObject({ kind: kindOf(entry), description: { level } });
      expect(reading.events.map(({ key }) => key.split(':').at(-1))).toEqual(
        entry.per_alert?.map(({ fingerprint }) => fingerprint) ?? [expect.any(String)],
      );
    },
  );

  // The answer of PagerDuty is in the collection too, and is no body that anybody sends.
  test.each(entries.filter((entry) => entry.expected_state === 'unknown'))('$file opens nothing', (entry) => {
    expect(readFixture(entry).kind).toBe('not-understood');
  });
});
