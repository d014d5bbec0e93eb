import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StartFailure } from '../../../main/app-parts.ts';
import { startApp } from '../../../main/app.ts';
import type { Push } from '../../../shared/bridge.ts';
import { ChangesStream } from '../../fakes/control-client.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function failure(dir: string, port = 0): Promise<StartFailure> {
  const lines: string[] = [];
  try {
    const app = await startApp({
      dataDir: dir,
      version: '1',
      port,
      locale: () => 'en',
      desktop: null,
      log: (line) => void lines.push(line),
    });
    await app.stop();
  } catch (error) {
    if (error instanceof StartFailure) return error;
    throw error;
  }
  throw new Error('It started.');
}

describe('a start that cannot go on says why in one sentence', () => {
  const cases: [string, string, () => string | Promise<string>][] = [
    [
      'the data folder is a file',
      'data-folder-unusable',
      () => {
        const path = join(dataDir, 'file');
        writeFileSync(path, '');
        return path;
      },
    ],
    ['the data folder cannot be made', 'data-folder-unusable', () => '/dev/null/tocsin'],
    ['its path is too long for a socket', 'data-folder-unusable', () => join(dataDir, 'x'.repeat(120))],
    [
      'the store is a folder',
      'data-folder-unusable',
      () => {
        mkdirSync(join(dataDir, 'tocsin.db'));
        return dataDir;
      },
    ],
    [
      'the store is from another program',
      'store-newer',
      () => {
        const db = new Database(join(dataDir, 'tocsin.db'));
        db.exec('CREATE TABLE x (y)');
        db.close();
        return dataDir;
      },
    ],
    [
      'the file of secrets cannot be read',
      'data-folder-unusable',
      () => {
        mkdirSync(join(dataDir, 'secrets.json'));
        return dataDir;
      },
    ],
    [
      'something that is not ours stands where the socket belongs',
      'data-folder-unusable',
      () => {
        mkdirSync(join(dataDir, 'control.sock', 'full'), { recursive: true });
        return dataDir;
      },
    ],
  ];
  test.each(cases)('%s: %s', async (_what, code, prepare) => {
    const dir = await prepare();
    const { code: given, message } = await failure(dir);
    expect(given).toBe(code);
    expect(message).toContain(dir);
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(message).not.toContain('\n');
  });

  test('the port is taken; the folder is free again afterwards', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await failure(dataDir, port)).toMatchObject({ code: 'port-taken' });
    await new Promise((resolve) => other.close(resolve));
    const app = await TestApp.start({ dataDir });
    await app.close();
  });

  test('another one runs on the folder, which stays undisturbed', async () => {
    const first = await TestApp.start({ dataDir });
    expect(await failure(dataDir)).toMatchObject({ code: 'data-folder-in-use' });
    await expect(first.call('health', {})).resolves.toMatchObject({ hearing: { state: 'deaf' } });
    await first.close();
  });
});

describe('hearing', () => {
  test('without a source nobody can be heard: deaf, and it says so', async () => {
    const app = await TestApp.start({ dataDir });
    await expect(app.call('health', {})).resolves.toMatchObject({
      hearing: { state: 'deaf', causes: [{ code: 'never-set-up', message: expect.stringMatching(/\S/) }] },
    });
    await app.addSource();
    await expect(app.call('health', {})).resolves.toMatchObject({
      hearing: { state: 'hearing', causes: [] },
    });
    await app.close();
  });
});

describe('what is told to those who watch', () => {
  let app: TestApp;
  let stream: ChangesStream;
  let url: string;
  beforeEach(async () => {
    app = await TestApp.start({ dataDir });
    url = (await app.addSource()).localUrl;
    stream = await ChangesStream.open(app.app.controlSocket);
    await until(() => stream.events.length > 0);
  });
  afterEach(async () => {
    stream.close();
    await app.close();
  });
  const told = <Type extends Push['type']>(type: Type) =>
    stream.events
      .filter(({ event }) => event === type)
      .map(({ data }) => data as Extract<Push, { type: Type }>);

  test('a delivery: the change, the decision in the timeline, the numbers of the source', async () => {
    await fetch(url, callback({ name: 'cpu' }));
    await until(() => told('timeline').length > 0 && told('sources').length > 0, 5000);
    const change = stream.events.find(({ event }) => event === 'change');
    expect(change?.data).toMatchObject({
      kind: 'opened',
      cause: 'event',
      alert: { state: 'open', priority: 'critical' },
    });
    expect(told('sources').at(-1)?.sources[0]).toMatchObject({
      counts: { open: 1, deliveries: 1, notUnderstood: 0 },
    });
  });

  test('settings and sources that somebody else changed', async () => {
    await app.call('updateSettings', { changes: { theme: 'dark' } });
    await app.addSource('Another');
    await until(() => told('settings').length > 0 && told('sources').length > 0);
    expect(told('settings').at(-1)?.settings.theme).toBe('dark');
    expect(
      told('sources')
        .at(-1)
        ?.sources.map(({ name }) => name),
    ).toEqual(['Night shift', 'Another']);
    expect(told('health').length).toBeGreaterThan(0);
  });

  test('a renamed source renames its alerts', async () => {
    await fetch(url, callback({ name: 'cpu' }));
    const { id } = (await app.call('listSources', {}))[0] ?? { id: '' };
    await app.call('updateSource', { id, changes: { name: 'Day shift' } });
    await expect(app.call('listAlerts', {})).resolves.toMatchObject({
      alerts: [{ sourceName: 'Day shift' }],
    });
    await expect(app.call('watch', {})).resolves.toMatchObject({ alerts: [{ sourceName: 'Day shift' }] });
  });
});

describe('stopping', () => {
  test('twice is stopping once', async () => {
    const app = await TestApp.start({ dataDir });
    await Promise.all([app.app.stop(), app.app.stop()]);
    expect(app.log.filter((line) => line.includes('"stopped"'))).toHaveLength(1);
    expect(app.log.join('')).not.toContain('fault');
  });

  test('leaves no journal behind and frees folder and port', async () => {
    const app = await TestApp.start({ dataDir });
    const { localUrl } = await app.addSource();
    await fetch(localUrl, callback({ name: 'cpu' }));
    await app.app.stop();
    expect(readdirSync(dataDir).toSorted()).toEqual([
      'alive.json',
      'instance.lock',
      'numbers.json',
      'secrets.json',
      'tocsin.db',
    ]);
    await app.start();
    await expect(app.call('listAlerts', {})).resolves.toMatchObject({ alerts: [{ state: 'open' }] });
    await app.close();
  });

  test('takes a test alert back first: nothing that was never real is open after the next start', async () => {
    const app = await TestApp.start({ dataDir });
    await app.addSource();
    await app.call('sendTestAlert', {});
    expect((await app.call('listAlerts', {})).alerts).toHaveLength(1);
    await app.restart();
    expect((await app.call('listAlerts', {})).alerts).toEqual([]);
    await app.close();
  });
});

describe('after a crash between a commit and its notification', () => {
  /** As if the process had died before the decision was written: the decisions are taken away again. */
  function forgetDecisions(): void {
    const db = new Database(join(dataDir, 'tocsin.db'));
    db.exec("DELETE FROM timeline WHERE kind IN ('notified', 'withheld')");
    db.close();
  }

  test('the next start decides and records it; the start after that repeats nothing', async () => {
    const app = await TestApp.start({ dataDir });
    const { localUrl } = await app.addSource();
    await fetch(localUrl, callback({ name: 'open' }));
    await fetch(localUrl, callback({ name: 'acknowledged' }));
    const { alerts } = await app.call('listAlerts', {});
    const acknowledged = alerts.find(({ title }) => title.includes('acknowledged'));
    if (acknowledged === undefined) throw new Error('It is not there.');
    await app.call('acknowledgeAlerts', { ids: [acknowledged.id] });
    await app.app.stop();
    forgetDecisions();
    await app.start();
    const decisions = async (): Promise<string[]> => {
      const details = await Promise.all(alerts.map(({ id }) => app.call('getAlert', { id })));
      return details.flatMap(({ state, timeline }) =>
        timeline
          .filter(({ kind }) => kind === 'notified' || kind === 'withheld')
          .map(({ kind, text }) => `${state} ${kind} ${text}`.trim()),
      );
    };
    await until(async () => (await decisions()).length === 2);
    expect((await decisions()).toSorted()).toEqual(['acknowledged withheld', 'open notified none']);
    await app.restart();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await decisions()).toHaveLength(2);
    await app.close();
  });
});

test.skipIf(process.platform === 'win32')('a data folder that it makes is for its owner only', async () => {
  const mask = process.umask(0);
  const dir = join(dataDir, 'new');
  try {
    const app = await TestApp.start({ dataDir: dir });
    await app.addSource();
    expect((statSync(dir).mode & 0o777).toString(8)).toBe('700');
    for (const file of ['tocsin.db', 'secrets.json', 'control.sock']) {
      expect((statSync(join(dir, file)).mode & 0o777).toString(8), file).toBe('600');
    }
    await app.close();
  } finally {
    process.umask(mask);
  }
});

test('the secret of a source is in no file but secrets.json and in no line of the log, whatever happened', async () => {
  const app = await TestApp.start({ dataDir });
  const { id, secret, localUrl } = await app.addSource();
  const token = localUrl.replace(`/${secret}`, `?token=${secret}&x=1`);
  await fetch(localUrl, callback({ name: 'cpu' }));
  await fetch(token, { method: 'POST', body: 'neither form nor JSON' });
  await fetch(token);
  await fetch(`${localUrl}x`, { method: 'POST', body: 'x' });
  await fetch(localUrl, { method: 'POST', body: new Uint8Array(2 * 1024 * 1024) }).catch(() => undefined);
  await app.call('sendTestAlert', {});
  await app.call('sourceAddress', { id });
  for (const file of readdirSync(dataDir)) {
    if (file === 'secrets.json' || file === 'control.sock') continue;
    expect(readFileSync(join(dataDir, file)).includes(secret), file).toBe(false);
  }
  await app.app.stop();
  for (const file of readdirSync(dataDir)) {
    if (file !== 'secrets.json') expect(readFileSync(join(dataDir, file)).includes(secret), file).toBe(false);
  }
  expect(app.log.length).toBeGreaterThan(0);
  expect(app.log.join('')).not.toContain(secret);
});
