// The catalogues of sentences: complete in both languages, and without a sentence that nobody can meet. The compiler demands
// every key in Chinese; what it cannot see is proved here.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { terminalText } from '../../shared/text/terminal-text.ts';
import { textsOf } from '../../shared/text/texts.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** Every catalogue by the name under which `textsOf` has it; the terminal's stands alone. */
function catalogues(language: 'en' | 'zh-CN'): Readonly<Record<string, object>> {
  const { language: _, ...all } = textsOf(language);
  return { ...all, terminal: terminalText[language] };
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The sentences of a catalogue, lists as one. */
function leavesOf(value: unknown, at: readonly string[] = []): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path: at, value }];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...at, key]));
}

/** Text of every source below the folders, without comments. */
function sourcesBelow(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(root, folder, name),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) =>
      readFileSync(file, 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .replaceAll(/^\s*\/\/.*$/gm, ''),
    );
}

const english = catalogues('en');
const chinese = catalogues('zh-CN');
const names = Object.keys(english);

describe.each(names)('the %s catalogue', (name) => {
  const leaves = leavesOf(english[name]);
  const translated = new Map(leavesOf(chinese[name]).map((leaf) => [leaf.path.join('.'), leaf.value]));

  test('has the same keys in English and Chinese', () => {
    expect([...translated.keys()].toSorted()).toEqual(leaves.map((leaf) => leaf.path.join('.')).toSorted());
  });

  test('takes as many values in Chinese as in English', () => {
    const differing = leaves.filter(({ path: at, value }) => {
      const other = translated.get(at.join('.'));
      if (typeof value === 'function') return typeof other !== 'function' || other.length !== value.length;
      return typeof value !== typeof other || (Array.isArray(value) && !Array.isArray(other));
    });
    expect(differing.map((leaf) => leaf.path.join('.'))).toEqual([]);
  });

  test('has no sentence left in English', () => {
    const same = leaves.filter(
      ({ path: at, value }) =>
        typeof value === 'string' &&
        /[a-z]{2} [a-z]{2}/i.test(value) &&
        translated.get(at.join('.')) === value,
    );
    expect(same.map((leaf) => leaf.path.join('.'))).toEqual([]);
  });

  test('has no key that nothing shows', () => {
    const reach = new RegExp(`\\.${name}\\b|\\['${name}'\\]|\\b${name}Text\\b|[{,] ${name}[ :,]`, 'i');
    const text = sourcesBelow('main', 'renderer', 'shared')
      .filter((source) => reach.test(source))
      .join('\n');
    const unused = leaves.filter(({ path: at }) => !isUsed(at, text));
    expect(unused.map((leaf) => leaf.path.join('.'))).toEqual([]);
  });
});

/** Every part of its path is read by name, or by a key that is known only when the app runs. */
function isUsed(at: readonly string[], text: string): boolean {
  return at.every((key, depth) => {
    const group = at[depth - 1];
    // `t.priority[alert.priority]`, or the group is handed on whole.
    if (
      group !== undefined &&
      new RegExp(`\\.${group}\\b(?!\\.)|\\[\`[^\`]*${endOf(group)}\`\\]\\[`).test(text)
    )
      return true;
    return isReadByName(key, text) || isReadByVariable(key, text);
  });
}

/** `.key`, `['key']`, or `const { key } = catalogue`. */
function isReadByName(key: string, text: string): boolean {
  return new RegExp(`\\.${key}\\b|\\['${key}'\\]|\\{[^{}()=]*\\b${key}\\b[^{}()=]*\\} = `).test(text);
}

/** `t[screen]` with `'key'` among the values that it may have, or ``t[`${question}Help`]``. */
function isReadByVariable(key: string, text: string): boolean {
  if (/\b(t|texts\.\w+)\[\w+\]/.test(text) && text.includes(`'${key}'`)) return true;
  return text.includes(`}${endOf(key)}\`]`);
}

/** The last word of a name in camel case; never the whole name. */
function endOf(key: string): string {
  return /[a-z]([A-Z][a-z]+)$/.exec(key)?.[1] ?? 'no such end';
}

test('every named reason is given by something', () => {
  const [, keys = ''] =
    /const en = \{\n([\s\S]*?)\n\} as const;/.exec(
      readFileSync(path.join(root, 'shared', 'text', 'reason-text.ts'), 'utf8'),
    ) ?? [];
  const reasons = [...keys.matchAll(/^ {2}'?([a-z][a-z0-9-]*)'?:/gm)].map((match) => match[1] ?? '');
  expect(reasons.length).toBeGreaterThan(80);
  const text = sourcesBelow('main').join('\n');
  expect(reasons.filter((reason) => !text.includes(`'${reason}'`))).toEqual([]);
});
