import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../shared/alert.ts';
import { matchesSearch, readSearch, wordsOfAlert } from '../../shared/search-words.ts';
import { fakeAlert } from '../renderer/fake-alerts.ts';

const about = (changes: Partial<Alert>): Alert => fakeAlert(17, 0, changes);
const alert = about({
  title: '磁盘使用率 of db-1.prod.example.com',
  resource: 'db-1.prod.example.com',
  text: 'CPU is 97.4 %,\nover ｆｕｌｌ width ９０.',
  labels: { team: 'Night shift', 地域: '华东 1（杭州）' },
  sourceName: '云监控 north',
});
const finds = (search: string, one: Alert = alert): boolean => matchesSearch(one, readSearch(search));

describe('a search finds', () => {
  test.each([
    ['a word in any case', 'cpu'],
    ['the beginning of a word', 'examp'],
    ['a host name', 'db-1.prod.example.com'],
    ['the beginning of a host name', 'db-1.prod'],
    ['the end of a host name', 'prod.example.com'],
    ['Chinese as it begins', '磁盘使用'],
    ['Chinese inside of a run', '盘使用'],
    ['Chinese as it ends', '使用率'],
    ['one Chinese character', '盘'],
    ['the last Chinese character', '率'],
    ['several parts in any order', 'shift cpu 使用'],
    ['a label by name and value', 'team=night'],
    ['a Chinese label by name and value', '地域:华东'],
    ['a number with a point', '97.4'],
    ['full-width letters by ordinary ones', 'full 90'],
    ['ordinary letters by full-width ones', 'ＣＰＵ'],
    ['the name of the source', '监控'],
    ['the id', 'A17'],
    ['the id in lower case', 'a17'],
    ['across a line break', '4,over'],
    ['everything, when nothing is searched for', ' \t\u3000'],
    ['everything, when there is no letter in it', '"* ^ ( : 🚨'],
  ])('%s: %j', (_what, search) => {
    expect(finds(search)).toBe(true);
  });
});

describe('a search does not find', () => {
  test.each([
    ['a part that is missing', 'cpu tokyo'],
    ['the end of a word', 'rod'],
    ['words that are not next to each other', 'db-prod'],
    ['a word that only begins like one in the middle of a part', 'd-1.prod'],
    ['characters in another order', '盘磁'],
    ['characters that are not next to each other', '磁率'],
    ['what ends in one field and begins in the next', 'com/cpu'],
    ['another id', 'A1'],
    ['a longer id', 'A170'],
  ])('%s: %j', (_what, search) => {
    expect(finds(search)).toBe(false);
  });
});

test('an id is a word like any other where it stands in a text', () => {
  expect(finds('A99', about({ title: 'see A9912' }))).toBe(true);
});

test('more parts than anybody types are not looked for', () => {
  expect(readSearch(Array.from({ length: 100 }, (_, index) => `w${index}`).join(' '))).toHaveLength(16);
});

/** Letters, digits and everything that could confuse the one or the other. */
const pieces = Array.from('aZ09éßИ磁盘使用率カナー한글ิ€·.-_/:=()"\'*^%\\ \n\u3000🚨𝒜𠀀ﬁ');
const mixed = fc
  .array(fc.constantFrom(...pieces, 'NEAR', ' AND '), { maxLength: 14 })
  .map((parts) => parts.join(''));

test('whatever beginning of whatever text is searched for, it is found', () => {
  fc.assert(
    fc.property(mixed, fc.nat(20), (text, length) => {
      // A letter and its mark are one character: half of it begins nothing.
      const characters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)];
      const beginning = characters
        .slice(0, length)
        .map(({ segment }) => segment)
        .join('');
      expect(finds(beginning, about({ title: text }))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('an ordinary text has the same words as one with something beyond ASCII beside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      const plain = wordsOfAlert(about({ title: text, resource: '' }));
      const beside = wordsOfAlert(about({ title: text, resource: 'é' }));
      expect(beside.filter((word) => word !== 'é')).toEqual(plain);
    }),
  );
});

test('nothing but letters, digits and their marks is in a word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const word of wordsOfAlert(about({ title: text }))) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u);
    }),
  );
});
