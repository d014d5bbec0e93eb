import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handOver, type HandOverFacts, plain } from '../../../main/on-call/hand-over.ts';
import type { Alert, AlertId } from '../../../shared/alert.ts';
import { textsOf } from '../../../shared/text/texts.ts';
import { sampleAlert, sampleNow } from '../../fakes/sample-alert.ts';

const hour = 3_600_000;
const minute = 60_000;
let zone: string | undefined;
beforeAll(() => {
  zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const shift: HandOverFacts = {
  span: { from: sampleNow - 10 * hour, to: sampleNow },
  now: sampleNow,
  alerts: [],
  noisy: [],
  sourceName: () => 'Night shift',
  gaps: [],
  ledgerSince: sampleNow - 1000 * hour,
};
const markdown = (facts: Partial<HandOverFacts>, language: 'en' | 'zh-CN' = 'en'): string =>
  handOver({ ...shift, ...facts }, textsOf(language)).markdown;
const lines = (facts: Partial<HandOverFacts>): string[] => markdown(facts).split('\n');

const acknowledged = sampleAlert({
  id: 'A2',
  priority: 'medium',
  title: 'Disk 91 %',
  resource: 'db-2',
  state: 'acknowledged',
  openedAt: sampleNow - 5 * hour,
  acknowledgedAt: sampleNow - 90 * minute,
  acknowledgeNote: 'asked the owner',
});
const snoozed = sampleAlert({ id: 'A3', title: 'Slow', snoozedUntil: sampleNow + hour });

describe('the hand-over', () => {
  test('says who is open, who has it and since when, what returns, what was noisy, and when nobody listened', () => {
    expect(
      markdown({
        alerts: [snoozed, acknowledged, sampleAlert()],
        noisy: [{ sourceId: 'night-shift', title: 'Flap', resource: 'web-1', episodes: 12 }],
        gaps: [
          { id: 2, startedAt: sampleNow - minute, endedAt: null, cause: 'tunnel-down', later: [] },
          {
            id: 1,
            startedAt: sampleNow - 5 * hour,
            endedAt: sampleNow - 4 * hour,
            cause: 'asleep',
            later: [{ at: sampleNow - 4.5 * hour, cause: 'no-network' }],
          },
        ],
      }),
    ).toBe(`# Hand-over: Mar 3, 2031, 20:06 – Mar 4, 2031, 06:06 GMT+1

## Open and not acknowledged (1)
- **Critical** · Queue is full · queue-7 · since Mar 4, 2031, 06:06 · Night shift

## Acknowledged (1)
- **Medium** · Disk 91 % · db-2 · since Mar 4, 2031, 01:06 · Night shift · acknowledged 1 hr 30 min ago · note: asked the owner

## Snoozed, will return (1)
- **Critical** · Slow · queue-7 · since Mar 4, 2031, 06:06 · Night shift · returns Mar 4, 2031, 07:06

## Noisiest problems of the shift
- 12 times · Flap · web-1 · Night shift

## When nobody was listening
Listening 89.8 % of 10 hr.

- Mar 4, 2031, 01:06 – Mar 4, 2031, 02:06 (1 hr): The computer slept, then: The computer had no network
- Mar 4, 2031, 06:05 until now (1 min): The tunnel was down
`);
  });

  test('of a calm shift says so in each part', () => {
    expect(markdown({})).toBe(`# Hand-over: Mar 3, 2031, 20:06 – Mar 4, 2031, 06:06 GMT+1

## Open and not acknowledged (0)
None.

## Acknowledged (0)
None.

## Snoozed, will return (0)
None.

## When nobody was listening
Listening 100 % of 10 hr.
`);
  });

  test('is in Chinese where the settings say so', () => {
    const text = markdown({ alerts: [acknowledged] }, 'zh-CN');
    expect(text).toContain('## 已确认（1）');
    expect(text).toContain('备注：asked the owner');
  });

  test('puts the worst first, and of the snoozed the one that returns first', () => {
    const open = (id: AlertId, given: Partial<Alert>): Alert => sampleAlert({ id, title: id, ...given });
    const titles = (facts: Partial<HandOverFacts>) =>
      lines(facts).flatMap((line) => /^- \*\*\w+\*\* · (A\d+)/.exec(line)?.[1] ?? []);
    expect(
      titles({
        alerts: [
          open('A1', { priority: 'low' }),
          open('A2', { openedAt: sampleNow - hour }),
          open('A3', {}),
          open('A4', { snoozedUntil: sampleNow + 2 * hour }),
          open('A5', { snoozedUntil: sampleNow + hour, priority: 'low' }),
        ],
      }),
    ).toEqual(['A3', 'A2', 'A1', 'A5', 'A4']);
  });

  test('of thousands has the first fifty and the number of the rest', () => {
    const alerts = Array.from({ length: 1284 }, (_, at) => sampleAlert({ id: `A${at + 1}` }));
    const found = lines({ alerts });
    expect(found).toContain('## Open and not acknowledged (1,284)');
    expect(found.filter((line) => line.startsWith('- **'))).toHaveLength(50);
    expect(found).toContain('- … and 1,234 more');
  });
});

describe('the share of the shift in which somebody listened', () => {
  const gap = (from: number, to: number | null) => ({
    id: 1,
    startedAt: sampleNow + from,
    endedAt: to === null ? null : sampleNow + to,
    cause: 'asleep' as const,
    later: [],
  });
  const share = (facts: Partial<HandOverFacts>): string | undefined =>
    lines(facts)[lines(facts).indexOf('## When nobody was listening') + 1];

  test('counts only what lies within the shift', () => {
    expect(share({ gaps: [gap(-20 * hour, -9 * hour)] })).toBe('Listening 90 % of 10 hr.');
    expect(share({ gaps: [gap(-30 * hour, -20 * hour)] })).toBe('Listening 100 % of 10 hr.');
    expect(lines({ gaps: [gap(-20 * hour, -9 * hour)] })).toContain(
      '- Mar 3, 2031, 20:06 – Mar 3, 2031, 21:06 (1 hr): The computer slept',
    );
  });

  test('is never rounded up to all of it, and is nothing when all of it was missed', () => {
    expect(share({ gaps: [gap(-minute, -minute + 1)] })).toBe('Listening 99.9 % of 10 hr.');
    expect(share({ gaps: [gap(-20 * hour, null)] })).toBe('Listening 0 % of 10 hr.');
  });

  test('says of which time nothing is known', () => {
    expect(share({ ledgerSince: sampleNow - 2 * hour, gaps: [gap(-hour, 0)] })).toBe(
      'Listening 50 % of the time since Mar 4, 2031, 04:06; nothing is known of the time before.',
    );
    expect(share({ ledgerSince: sampleNow })).toBe('Nothing is known: the ledger was not kept yet.');
  });
});

describe('what a sender wrote', () => {
  test.each([
    ['*bold* _it_ `code` ~~no~~', '\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~'],
    ['<img src=x onerror=1> &lt;', '\\<img src=x onerror=1\\> \\&lt;'],
    ['[click](https://evil.example/)', '\\[click\\](https\\://evil.example/)'],
    ['![](http://a/b.png)', '!\\[\\](http\\://a/b.png)'],
    ['a | b | c', 'a \\| b \\| c'],
    ['see www.evil.example', 'see www\\.evil.example'],
    ['$\\alpha$', '\\$\\\\alpha\\$'],
    ['one\n# two\r\n- three\n\n---', 'one # two - three ---'],
  ])('%j stays what it is: text on one line', (text, escaped) => {
    expect(plain(text)).toBe(escaped);
  });

  test('is never longer than a line can bear, and never cut within a character', () => {
    expect(plain('告'.repeat(300))).toBe(`${'告'.repeat(200)}…`);
    expect(plain('🔥'.repeat(300))).toBe(`${'🔥'.repeat(200)}…`);
  });

  test('cannot break out of its line, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, acknowledgeNote) => {
        const text = markdown({ alerts: [{ ...acknowledged, title, acknowledgeNote, sourceName: title }] });
        expect(text.split('\n')).toHaveLength(14);
        // Markup that is not escaped: an odd run of backslashes stands before each of these.
        expect(plain(title)).not.toMatch(/(?<!\\)(\\\\)*[`*_[\]<>~|&$]/);
      }),
    );
  });
});
