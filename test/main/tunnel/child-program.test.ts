import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChildProgram } from '../../../main/tunnel/child-program.ts';
import { boundToUs, findProgram } from '../../../main/tunnel/find-program.ts';
import { detailOf, plainLine } from '../../../main/tunnel/plain-line.ts';
import { familyOf } from '../../bench/process-family.ts';
import { until } from '../../fakes/until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'toc-child-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of ours; what it says and that it ended. */
function run(script: string) {
  const program = path.join(folder, 'program');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o700);
  const lines: string[] = [];
  const ends: string[] = [];
  const child = new ChildProgram({
    program,
    args: [],
    env: process.env,
    onLine: (line, from) => void lines.push(`${from}: ${line}`),
    onEnd: (end) => void ends.push(end),
  });
  return { child, lines, ends };
}

describe('a program', () => {
  test('is read line by line, without colours, control characters and blank lines', async () => {
    const { lines, ends } = run(
      String.raw`printf '\033[31mred\033[0m one\n\n two\007\r\nthe rest' ; printf 'sad\n' >&2`,
    );
    await until(() => ends.length > 0);
    expect(ends).toEqual(['ended']);
    expect(lines.toSorted()).toEqual(['stderr: sad', 'stdout: red one', 'stdout: the rest', 'stdout: two']);
  });

  test('that never ends its line is heard all the same', async () => {
    const { child, lines } = run('head -c 20000 /dev/zero | tr "\\0" x; sleep 60');
    // A piece that is not full yet waits for more, or for the end.
    await until(() => lines.join('').replaceAll('stdout: ', '').length > 15_000);
    await child.stop();
    expect(lines.join('').replaceAll('stdout: ', '')).toBe('x'.repeat(20_000));
  });

  test('is asked to end, and what it started ends with it', async () => {
    const { child, lines, ends } = run("sleep 60 & trap 'exit 0' TERM; echo ready; wait");
    await until(() => lines.length > 0);
    const family = [...familyOf(child.pid ?? 0)];
    expect(family.length).toBeGreaterThan(1);
    await child.stop();
    expect(ends).toEqual(['ended']);
    await until(() => family.every((pid) => familyOf(pid).size === 1 && !isAlive(pid)));
  });

  test('that does not listen is ended within two seconds', async () => {
    const { child, lines, ends } = run("trap '' TERM; echo ready; while true; do sleep 1; done");
    await until(() => lines.length > 0);
    const from = performance.now();
    await child.stop();
    expect(performance.now() - from).toBeLessThan(2000);
    expect(ends).toEqual(['ended']);
  });

  test('whose child keeps its output open has ended all the same', async () => {
    const { ends, child } = run('setsid sleep 5 & echo ready');
    await until(() => ends.length > 0, 1500);
    await child.stop();
  });

  test('that is not there, or is none, is missing', async () => {
    const ends: string[] = [];
    const file = path.join(folder, 'broken');
    writeFileSync(file, 'no program', { mode: 0o600 });
    for (const program of ['no-such-program', file]) {
      const child = new ChildProgram({
        program,
        args: [],
        env: process.env,
        onLine: () => undefined,
        onEnd: (end) => void ends.push(end),
      });
      await child.stop();
    }
    expect(ends).toEqual(['missing', 'missing']);
  });
});

describe('finding a program', () => {
  test('looks in the folders of the search path that are absolute, and never in the working folder', () => {
    const program = path.join(folder, 'tunneller');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    expect(findProgram('tunneller', `/nowhere:${folder}`, 'linux')).toBe(program);
    expect(findProgram('tunneller', `:.:${path.relative(process.cwd(), folder)}`, 'linux')).toBeNull();
    chmodSync(program, 0o600);
    if (process.getuid?.() !== 0) expect(findProgram('tunneller', folder, 'linux')).toBeNull();
  });

  test('knows where package managers put it when the desktop does not', () => {
    expect(findProgram('ssh', '', 'linux')).toBe('/usr/bin/ssh');
  });

  test('asks the kernel of Linux to end it with us, and nobody elsewhere', () => {
    expect(boundToUs('/usr/bin/ssh', ['-V'], 'linux').slice(1)).toEqual([
      '--pdeathsig',
      'TERM',
      '--',
      '/usr/bin/ssh',
      '-V',
    ]);
    expect(boundToUs('/usr/bin/ssh', ['-V'], 'darwin')).toEqual(['/usr/bin/ssh', '-V']);
  });
});

describe('what a program said', () => {
  test('is shown as one short line without secrets', () => {
    expect(plainLine(' a\u001b[1mb\u202ec\n')).toBe('ab c');
    expect(detailOf('Your authtoken: abc\nabc', ['abc'])).toBe('Your authtoken: … …');
    expect(detailOf(' \n ', [])).toBeNull();
    expect(detailOf('x'.repeat(5000), [''])).toHaveLength(300);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
