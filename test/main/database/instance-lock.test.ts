import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeInstanceLock } from '../../../main/database/instance-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
});
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(folder, { recursive: true });
});

const lockFile = new URL('../../../main/database/instance-lock.ts', import.meta.url).href;

/** Another process that takes the lock and says how that went. */
async function otherProcess(): Promise<{ took: boolean; kill: () => Promise<void> }> {
  const script = `
    import { takeInstanceLock } from ${JSON.stringify(lockFile)};
    const lock = takeInstanceLock(${JSON.stringify(folder)});
    console.log(lock === null ? 'refused' : 'taken');
    // Held on to, or the garbage collector would close it.
    if (lock !== null) setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    // Nothing inherited: the test runner would wait for whoever holds its pipes.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('exit', () => reject(new Error('It ended without a word.')));
  });
  if (said !== 'taken') await ended;
  return {
    took: said === 'taken',
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('a second process is refused as long as the first one holds the folder', async () => {
  const lock = takeInstanceLock(folder);
  expect(lock).not.toBeNull();
  expect((await otherProcess()).took).toBe(false);
  lock?.release();
  const other = await otherProcess();
  expect(other.took).toBe(true);
  await other.kill();
});

test('kill -9 of the holder frees the folder at once, with nothing to clean up', async () => {
  const other = await otherProcess();
  expect(other.took).toBe(true);
  expect(takeInstanceLock(folder)).toBeNull();
  await other.kill();
  const lock = takeInstanceLock(folder);
  expect(lock).not.toBeNull();
  lock?.release();
});

test('being refused in the same process does not loosen the lock', async () => {
  const lock = takeInstanceLock(folder);
  expect(takeInstanceLock(folder)).toBeNull();
  expect((await otherProcess()).took).toBe(false);
  lock?.release();
});

test('two folders do not disturb each other', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'tocsin-lock-'));
  const one = takeInstanceLock(folder);
  const two = takeInstanceLock(elsewhere);
  expect(one).not.toBeNull();
  expect(two).not.toBeNull();
  one?.release();
  two?.release();
  rmSync(elsewhere, { recursive: true });
});
