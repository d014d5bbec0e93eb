import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanLine,
  cleanText,
  cut,
  hasUnwantedCharacters,
  safeLink,
} from '../../../main/sources/plain-text.ts';

describe('a line of outside text', () => {
  test('loses control characters, and breaks become spaces', () => {
    expect(cleanLine('disk\u0000 full\u001b[31m\r\nnow\u0085', 100)).toBe('disk full[31m now');
  });

  test('cannot be turned around by bidirectional overrides or isolates', () => {
    expect(cleanLine('safe\u202egnp.exe\u2066x\u200f\u061c', 100)).toBe('safegnp.exex');
  });

  test('hides nothing in zero-width characters, fillers or tags', () => {
    expect(cleanLine('a\u200bb\u2060c\ufeffd\u00ade\u3164f\u{e0041}g', 100)).toBe('abcdefg');
  });

  test('keeps the joiner inside an emoji and only there', () => {
    expect(cleanLine('👩\u200d🚒 on call', 100)).toBe('👩\u200d🚒 on call');
    expect(cleanLine('web\u200d1', 100)).toBe('web1');
  });

  test('replaces half a surrogate pair, which would not survive UTF-8', () => {
    expect(cleanLine('a\ud83db', 100)).toBe('a\ufffdb');
  });

  test('is cut with an ellipsis and never through a character', () => {
    expect(cut('abcdef', 4)).toBe('abc…');
    expect(cut('ab😀cd', 4)).toBe('ab…');
    expect(cut('abcd', 4)).toBe('abcd');
  });

  test('keeps Chinese, accents and currency signs as they are', () => {
    expect(cleanLine('磁盘使用率（高）é ñ € ±5', 100)).toBe('磁盘使用率（高）é ñ € ±5');
  });

  test('has single spaces only, whatever kind they were', () => {
    expect(cleanLine('  a \t\u3000 b\u00a0c  ', 100)).toBe('a b c');
  });

  test('is clean, short enough and stable, whatever came in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 80 }),
        (text, longest) => {
          const once = cleanLine(text, longest);
          expect(once.length).toBeLessThanOrEqual(longest);
          expect(/\p{Surrogate}/u.test(once)).toBe(false);
          expect(hasUnwantedCharacters(once.replaceAll('\u200d', ''))).toBe(false);
          expect(cleanLine(once, longest)).toBe(once);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('of a megabyte is cleaned in no time', () => {
    const started = performance.now();
    expect(cleanLine(' \u200b'.repeat(524_288), 200)).toBe('');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

test('text with several lines keeps its breaks, two in a row at most', () => {
  expect(cleanText('one\r\ntwo\n\n\n\nthree \u0007 end\u2028four', 100)).toBe('one\ntwo\n\nthree end\nfour');
});

describe('a link from outside', () => {
  test('is kept with its host', () => {
    expect(safeLink('Runbook', 'https://wiki.example/queue?id=7')).toEqual({
      label: 'Runbook',
      url: 'https://wiki.example/queue?id=7',
      host: 'wiki.example',
    });
  });

  test.each([
    'http://wiki.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://user:secret@wiki.example/',
    'https://wiki.example/\u202egnp',
    '//wiki.example/',
    'not a link',
    `https://wiki.example/${'a'.repeat(2048)}`,
  ])('is dropped when it is not plain https: %s', (url) => {
    expect(safeLink('Runbook', url)).toBeNull();
  });

  test('is named by its host when the label holds nothing', () => {
    expect(safeLink('\u200b', 'https://wiki.example:8443/')?.label).toBe('wiki.example:8443');
  });
});
