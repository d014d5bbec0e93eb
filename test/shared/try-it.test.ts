import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../main/alerts/alert-event.ts';
import { senderOf } from '../../main/sources/catalogue.ts';
import { curlLine } from '../../shared/try-it.ts';

const url = 'http://127.0.0.1:9797/hooks/cm-1/abcdef';

const kinds = ['cloudmonitor', 'clustercontrol', 'universal'] as const;

/** What a shell hands to curl: text between quotes, in which a backslash makes a quote a plain one. */
function bodyOf(line: string): string {
  return (/^curl -d "((?:[^"\\]|\\")*)" /.exec(line)?.[1] ?? '').replaceAll('\\"', '"');
}

/** The event that the line makes, read as the app reads it. */
function eventOf(kind: (typeof kinds)[number], state: 'firing' | 'recovered'): AlertEvent | undefined {
  const body = Buffer.from(bodyOf(curlLine(kind, state, url)));
  const reading = senderOf(kind)?.read({ method: 'POST', contentType: null, query: '', body });
  return reading?.kind === 'events' ? reading.events[0] : undefined;
}

describe.each(kinds)('the command to try a %s source', (kind) => {
  test('fires and recovers one and the same problem, again and again', () => {
    const [fire, recover] = [eventOf(kind, 'firing'), eventOf(kind, 'recovered')];
    expect(fire).toMatchObject({ kind: 'firing', sentAt: null, description: { level: 'CRITICAL' } });
    expect(recover).toMatchObject({ kind: 'recovered', key: fire?.key });
  });

  test('holds nothing that a shell would read between the quotes', () => {
    const harmless = /^curl -d "(?:[\w.=&+%-]+|\{(?:[\w :,-]|\\")+\})" "http:[\w.:/-]+"$/;
    expect(curlLine(kind, 'firing', url)).toMatch(harmless);
    expect(curlLine(kind, 'recovered', url)).toMatch(harmless);
  });
});

test('a real shell hands the ClusterControl line to curl as JSON', () => {
  const [, ...words] = execFileSync('sh', [
    '-c',
    `for word in ${curlLine('clustercontrol', 'firing', url).slice('curl '.length)}; do printf '%s\\n' "$word"; done`,
  ])
    .toString()
    .split('\n');
  expect(JSON.parse(words[0] ?? '')).toMatchObject({ status: 'CREATED', sent_by: 'Tocsin' });
  expect(words[1]).toBe(url);
});
