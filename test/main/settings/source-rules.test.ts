import { describe, expect, test } from 'vitest';
import { checkForwardedHeader, checkSourceChanges, mostWords } from '../../../main/settings/source-rules.ts';
import type { ForwardedHeader } from '../../../shared/settings.ts';
import type { AllowList, SourceChanges } from '../../../shared/source.ts';
import { refusalText } from '../../../shared/text/refusal-text.ts';

const text = refusalText.en;
const check = (changes: SourceChanges, header: ForwardedHeader = 'none') =>
  checkSourceChanges(changes, header, text);
const wall = (...addresses: string[]): AllowList => ({ mode: 'wall', addresses });
const words = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, 'low'] as const));

test('what has nothing to do with rules stays as it is', () => {
  const changes: SourceChanges = {
    name: 'Day shift',
    team: null,
    paused: true,
    noData: 'list',
    closeAfterMinutes: 60,
  };
  expect(check(changes)).toEqual({ kind: 'fine', changes });
});

describe('a priority map', () => {
  test('has its words in upper case, as sources report them', () => {
    expect(check({ priorityMap: { ' warn ': 'low', Größe: 'medium' } })).toEqual({
      kind: 'fine',
      changes: { priorityMap: { WARN: 'low', GRÖSSE: 'medium' } },
    });
    expect(check({ priorityMap: words(mostWords) }).kind).toBe('fine');
    expect(check({ priorityMap: {} }).kind).toBe('fine');
  });

  test.each([
    ['too many words', words(mostWords + 1), text.tooManyWords(mostWords)],
    ['an empty word', { ' ': 'low' }, text.emptyWord],
    ['one word twice', { warn: 'low', WARN: 'critical' }, text.wordTwice('WARN')],
  ] as const)('with %s is refused', (_what, priorityMap, message) => {
    expect(check({ priorityMap })).toEqual({ kind: 'refused', refusal: { code: 'bad-argument', message } });
  });
});

describe('an allow-list', () => {
  test('loses its spaces; a hint may hold anybody and nobody', () => {
    expect(check({ allowList: { mode: 'hint', addresses: [' 192.0.2.7 '] } })).toEqual({
      kind: 'fine',
      changes: { allowList: { mode: 'hint', addresses: ['192.0.2.7'] } },
    });
    expect(check({ allowList: { mode: 'hint', addresses: [] } }).kind).toBe('fine');
  });

  test('with something that is no address names it', () => {
    expect(check({ allowList: { mode: 'hint', addresses: ['192.0.2.7', 'example.com'] } })).toEqual({
      kind: 'refused',
      refusal: { code: 'bad-argument', message: text.notAnAddress('example.com') },
    });
  });

  test('that is a wall needs somebody to let in, and somebody to tell who calls', () => {
    const lockOut = (message: string) => ({ kind: 'refused', refusal: { code: 'would-lock-out', message } });
    expect(check({ allowList: wall() }, 'x-real-ip')).toEqual(lockOut(text.emptyWall));
    expect(check({ allowList: wall('192.0.2.7') })).toEqual(lockOut(text.wallWithoutHeader));
    expect(check({ allowList: wall('192.0.2.7') }, 'x-real-ip').kind).toBe('fine');
    expect(check({ allowList: wall('192.0.2.7', '127.0.0.1') }).kind).toBe('fine');
    expect(check({ allowList: wall('127.0.0.0/8') }).kind).toBe('fine');
  });
});

test('the header that names the sender may not go while a wall needs it', () => {
  const hint: AllowList = { mode: 'hint', addresses: ['192.0.2.7'] };
  const sources = [
    { name: 'Day', allowList: hint },
    { name: 'Night', allowList: wall('192.0.2.7') },
  ];
  expect(checkForwardedHeader('none', sources, text)).toEqual({
    code: 'would-lock-out',
    message: text.headerOfWall('Night'),
  });
  expect(checkForwardedHeader('cf-connecting-ip', sources, text)).toBeNull();
  expect(checkForwardedHeader('none', sources.slice(0, 1), text)).toBeNull();
});
