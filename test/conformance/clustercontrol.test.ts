// The shared collection of printed, composed and guessed bodies lies outside of the repository; where it is absent this is
// skipped and says so.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clustercontrol } from '../../main/sources/clustercontrol/clustercontrol.ts';
import type { Reading } from '../../main/sources/source.ts';

const folder = new URL('../../../shared/fixtures/clustercontrol/', import.meta.url);
const indexFile = new URL('index.json', folder);
const present = existsSync(indexFile);

interface FixtureEntry {
  readonly file: string;
  readonly content_type: string;
  readonly expected_state: 'open' | 'resolve' | 'unknown';
  readonly expected_severity: string;
  /** `controller/integration + cluster_id + alarm_id = 1/3`, or other words. */
  readonly dedup?: string;
  readonly per_alert?: readonly {
    readonly alarm_id: number;
    readonly state: string;
    readonly severity: string;
  }[];
}

const entries = present ? (JSON.parse(readFileSync(indexFile, 'utf8')) as readonly FixtureEntry[]) : [];

function readFixture({ file, content_type: contentType }: FixtureEntry): Reading {
  const body = readFileSync(new URL(file, folder));
  return clustercontrol.read(
    clustercontrol.withoutPersonalData({ method: 'POST', contentType, query: '', body }),
  );
}

/**
 * `info` is what the collection calls everything that is not an alarm; such events open nothing, so they have no level here.
 * `unknown` is no level.
 */
const levels: Readonly<Record<string, string | null>> = {
  critical: 'CRITICAL',
  warning: 'WARNING',
  unknown: null,
};

test.skipIf(present)('the shared fixtures are not here, so nothing was compared with them', () => undefined);

describe.skipIf(!present)('the shared fixtures of ClusterControl', () => {
  test.each(entries.filter(({ expected_state: state }) => state !== 'unknown'))(
    '$file is $expected_state',
    (entry) => {
      const reading = readFixture(entry);
      if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
      const wanted = entry.per_alert ?? [
        { alarm_id: null, state: entry.expected_state, severity: entry.expected_severity },
      ];
      expect(reading.events).toHaveLength(wanted.length);
      for (const [index, { alarm_id: id, state, severity }] of wanted.entries()) {
        const event = reading.events[index];
        expect(event?.kind).toBe(state === 'open' ? 'firing' : 'recovered');
        // A recovery has no level, whatever the alarm object still says: its severity plays no part.
        expect(event?.description.level).toBe(state === 'open' ? levels[severity] : null);
        if (id !== null) expect(event?.key).toMatch(new RegExp(`^clustercontrol:1:\\d+:${id}$`));
      }
    },
  );

  // Where the collection names cluster and alarm they are our key. The plugins of 2014 were keyed by the alarm alone; here the
  // cluster they name too is part of it, so that they meet the same alarm in any other shape.
  test.each(entries.filter(({ dedup }) => /= \d+\/\d+$/.test(dedup ?? '')))('$file has its key', (entry) => {
    const reading = readFixture(entry);
    const [cluster, id] = (entry.dedup ?? '').replace(/^.*= /, '').split('/');
    expect(reading).toMatchObject({ kind: 'events', events: [{ key: `clustercontrol:1:${cluster}:${id}` }] });
  });

  test.each(entries.filter(({ expected_state: state }) => state === 'unknown'))(
    '$file opens and resolves nothing, and says why',
    (entry) => {
      const reading = readFixture(entry);
      if (reading.kind !== 'events') return expect(reading.reason).not.toBe('');
      expect(reading.events.filter(({ kind }) => kind !== 'test')).toEqual([]);
      return expect(reading.events.length + reading.remarks.length).toBeGreaterThan(0);
    },
  );
});
