import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLogFile } from '../../../main/system/log-file.ts';

let dataDir = '';
const file = (name: string): string => path.join(dataDir, 'logs', name);

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tocsin-log-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the log file', () => {
  test('goes on where an earlier run stopped, one line each, readable by its owner only', () => {
    openLogFile(dataDir)('{"msg":"first"}');
    openLogFile(dataDir)('{"msg":"second"}\n');
    expect(readFileSync(file('tocsin.log'), 'utf8')).toBe('{"msg":"first"}\n{"msg":"second"}\n');
    expect(statSync(file('tocsin.log')).mode & 0o777).toBe(0o600);
  });

  test('keeps one older file and never grows past twice its limit', () => {
    const log = openLogFile(dataDir, 1000);
    for (let line = 0; line < 200; line += 1) log(`${line}`.padEnd(99, '.'));
    const size = statSync(file('tocsin.log')).size + statSync(file('tocsin.log.1')).size;
    expect(size).toBeLessThan(2400);
    expect(readFileSync(file('tocsin.log'), 'utf8')).toContain('199');
  });

  test('a folder that cannot be written stops nothing', () => {
    writeFileSync(path.join(dataDir, 'logs'), 'in the way');
    expect(() => openLogFile(dataDir)('lost')).not.toThrow();
  });
});
