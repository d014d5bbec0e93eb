import { describe, expect, test } from 'vitest';
import { judgeFolderMap, judgeImport, judgeName, judgeText } from '../../build/borders.ts';

const ours = (from: string, to: string) => judgeImport({ from, line: 3, specifier: './x.ts', to });
const aPackage = (from: string, specifier: string) => judgeImport({ from, line: 3, specifier, to: null });

describe('an import of ours', () => {
  test.each([
    ['main/webhook/hook-route.ts', 'main/alerts/ingest.ts'],
    ['main/webhook/hook-route.ts', 'main/sources/source.ts'],
    ['main/sources/cloudmonitor/keys.ts', 'main/alerts/alert-event.ts'],
    ['main/sources/cloudmonitor/keys.ts', 'main/sources/plain-text.ts'],
    ['main/alerts/alert-store.ts', 'main/database/open-database.ts'],
    ['main/notifications/notification-log.ts', 'main/database/open-database.ts'],
    ['main/control/control-socket.ts', 'main/window/bridge-call.ts'],
    ['main/app.ts', 'main/tray/tray-face.ts'],
    ['main/index.ts', 'main/app.ts'],
    ['renderer/alerts/AlertRow.tsx', 'shared/alert.ts'],
    ['test/main/app.test.ts', 'main/app.ts'],
  ])('%s may import %s', (from, to) => {
    expect(ours(from, to)).toBeNull();
  });

  test.each([
    ['shared/alert.ts', 'main/alerts/ingest.ts'],
    ['renderer/App.tsx', 'main/app.ts'],
    ['main/sources/source.ts', 'main/alerts/ingest.ts'],
    ['main/sources/source.ts', 'main/database/open-database.ts'],
    ['main/alerts/ingest.ts', 'main/notifications/announcer.ts'],
    ['main/alerts/ingest.ts', 'main/webhook/server.ts'],
    ['main/webhook/hook-route.ts', 'main/alerts/alert-store.ts'],
    ['main/notifications/decide.ts', 'main/database/open-database.ts'],
    ['main/tray/tray-face.ts', 'main/alerts/alert-store.ts'],
    ['main/window/bridge-door.ts', 'main/alerts/actions.ts'],
    ['main/control/control-socket.ts', 'main/alerts/actions.ts'],
    ['main/app-parts.ts', 'main/alerts/actions.ts'],
    ['main/alerts/ingest.ts', 'main/app.ts'],
    ['main/webhook/server.ts', 'main/log.ts'],
    ['main/app.ts', 'renderer/main.tsx'],
  ])('%s may not import %s, and is told what to do instead', (from, to) => {
    const breach = ours(from, to);
    expect(breach).toMatchObject({ file: from, line: 3, what: `imports ${to}` });
    expect(breach?.instead).not.toBe('');
  });
});

describe('an import of a package', () => {
  test('electron is for the files that touch the operating system', () => {
    expect(aPackage('main/tray/tray.ts', 'electron')).toBeNull();
    expect(aPackage('main/system/links.ts', 'electron')).toBeNull();
    expect(aPackage('main/tray/tray-face.ts', 'electron')).not.toBeNull();
    expect(aPackage('main/app.ts', 'electron/main')).not.toBeNull();
  });

  test('SQL stays behind main/database, HTTP from outside in main/webhook, React in the window', () => {
    expect(aPackage('main/database/open-database.ts', 'better-sqlite3')).toBeNull();
    expect(aPackage('main/alerts/alert-store.ts', 'better-sqlite3')).not.toBeNull();
    expect(aPackage('main/webhook/server.ts', 'fastify')).toBeNull();
    expect(aPackage('main/control/control-socket.ts', 'fastify')).not.toBeNull();
    expect(aPackage('main/tray/tray-face.ts', 'react')).not.toBeNull();
  });

  test('what runs in a page has no Node', () => {
    expect(aPackage('renderer/App.tsx', 'node:fs')).not.toBeNull();
    expect(aPackage('shared/alert.ts', 'node:crypto')).not.toBeNull();
    expect(aPackage('main/app.ts', 'node:fs')).toBeNull();
  });
});

test.each([
  'main/utils/a.ts',
  'shared/helpers.ts',
  'renderer/common/x.tsx',
  'main/alerts/types.ts',
  'main/service/a.ts',
])('%s says nothing by its name', (file) => {
  expect(judgeName(file)).not.toBeNull();
});

test.each(['main/alerts/ingest.ts', 'renderer/alerts/typesetting.ts', 'main/sources/services-list.ts'])(
  '%s is a name',
  (file) => {
    expect(judgeName(file)).toBeNull();
  },
);

test('a barrel, a stray window.tocsin and a file of 500 lines are found, with the line', () => {
  expect(judgeText('main/alerts/all.ts', "// all\nexport * from './ingest.ts';\n")[0]).toMatchObject({
    line: 2,
  });
  expect(judgeText('renderer/App.tsx', 'const a = 1;\nwindow.tocsin.health({});\n')[0]).toMatchObject({
    line: 2,
  });
  expect(judgeText('renderer/bridge.ts', 'window.tocsin.health({});\n')).toEqual([]);
  expect(judgeText('main/app.ts', 'x;\n'.repeat(500))[0]?.what).toBe('has 500 lines');
  expect(judgeText('shared/text/window-text.ts', 'x;\n'.repeat(500))).toEqual([]);
});

test('the folder map of the README names every folder and no other', () => {
  const folders = ['shared', 'main', 'main/alerts', 'main/tray'];
  expect(judgeFolderMap(folders, '`shared/`, `main/` with `main/alerts/` and `tray/`')).toEqual([]);
  expect(judgeFolderMap(folders, '`shared/`, `main/alerts/`')[0]?.what).toBe('does not name main/tray/');
  expect(judgeFolderMap(folders, 'shared/ main/alerts/ main/tray/ main/gone/')[0]?.what).toContain(
    'main/gone/',
  );
  expect(judgeFolderMap(folders, null)[0]?.what).toBe('is missing');
});
