import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  AutostartEntry,
  autostartFile,
  type CommandLine,
  entryText,
  judgeEntry,
} from '../../../main/system/autostart-entry.ts';

const command: CommandLine = ['/opt/Tocsin/tocsin', '--hidden'];

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'toc-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('the folder is where the desktop looks', () => {
  test.each([
    ['the usual one', {}, '/home/me/.config/autostart/app.tocsin.Tocsin.desktop'],
    ['another one', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart/app.tocsin.Tocsin.desktop'],
    [
      'a relative one, which is to be ignored',
      { XDG_CONFIG_HOME: 'cfg' },
      '/home/me/.config/autostart/app.tocsin.Tocsin.desktop',
    ],
  ])('%s', (_what, env, file) => {
    expect(autostartFile(env, '/home/me')).toBe(file);
  });
});

describe('the command is quoted as the specification wants it', () => {
  test.each<[CommandLine, string]>([
    [command, 'Exec=/opt/Tocsin/tocsin --hidden'],
    [['/home/me/My Apps/Tocsin.AppImage', '--hidden'], 'Exec="/home/me/My Apps/Tocsin.AppImage" --hidden'],
    [['/a/50%', '--hidden'], 'Exec=/a/50%% --hidden'],
    [['/a/$x`y"z', '--hidden'], String.raw`Exec="/a/\\$x\\` + '`' + String.raw`y\\"z" --hidden`],
    [['/a/b\\c d'], String.raw`Exec="/a/b\\\\c d"`],
  ])('%j', (line, exec) => {
    expect(entryText(line).split('\n')).toContain(exec);
  });
});

describe('what an entry means', () => {
  test.each([
    ['none', null, { state: 'off', program: null }],
    ['ours', entryText(command), { state: 'on', program: null }],
    [
      'ours, switched off by the desktop',
      entryText(command).replace('enabled=true', 'enabled=false'),
      { state: 'off', program: null },
    ],
    ['ours, hidden by the person', `${entryText(command)}Hidden=true\n`, { state: 'off', program: null }],
    ['without a command', '[Desktop Entry]\nType=Application\n', { state: 'off', program: null }],
    ['something else entirely', '\u0000\u0001', { state: 'off', program: null }],
    [
      'another copy',
      entryText(['/home/me/My Apps/50% "old"', '--hidden']),
      { state: 'elsewhere', program: '/home/me/My Apps/50% "old"' },
    ],
    [
      'a command in another group only',
      '[Desktop Entry]\nType=Application\n[Desktop Action New]\nExec=/opt/Tocsin/tocsin --hidden\n',
      { state: 'off', program: null },
    ],
  ] as const)('%s', (_what, text, meaning) => {
    expect(judgeEntry(text, command)).toEqual(meaning);
  });
});

describe('on and off', () => {
  test('the file is written, read back, and gone again without a trace', () => {
    const file = autostartFile({}, home);
    const entry = new AutostartEntry(file, command);
    expect(entry.read().state).toBe('off');
    expect(entry.set(true)).toEqual({ state: 'on', program: null });
    expect(readFileSync(file, 'utf8')).toBe(entryText(command));
    expect(readdirSync(path.dirname(file))).toHaveLength(1);
    expect(entry.set(false).state).toBe('off');
    expect(existsSync(file)).toBe(false);
  });

  test('an entry of another copy is replaced', () => {
    const file = autostartFile({}, home);
    new AutostartEntry(file, ['/old/tocsin', '--hidden']).set(true);
    const entry = new AutostartEntry(file, command);
    expect(entry.read()).toEqual({ state: 'elsewhere', program: '/old/tocsin' });
    expect(entry.set(true).state).toBe('on');
  });

  test('a folder that cannot be written is said and leaves nothing half done', () => {
    writeFileSync(path.join(home, '.config'), '');
    const entry = new AutostartEntry(autostartFile({}, home), command);
    expect(() => entry.set(true)).toThrow(/ENOTDIR|EEXIST/);
    expect(entry.read().state).toBe('off');
  });
});
