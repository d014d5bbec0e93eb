import { createServer, type Server } from 'node:net';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataFolder } from '../fakes/headless-app.ts';
import { callback } from '../fakes/test-app.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = new DataFolder();
});
afterEach(() => folder.remove());

function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, port: (server.address() as { port: number }).port }),
    );
  });
}

describe('ready', () => {
  test('is exactly one JSON line on stdout; the log goes to stderr', async () => {
    const app = await folder.start();
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(app.ready).toEqual({
      ready: true,
      pid: expect.any(Number),
      version,
      webhookUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      controlSocket: join(folder.path, 'control.sock'),
    });
    expect(process.kill(app.ready.pid, 0)).toBe(true);
    const source = await app.addSource();
    await fetch(source.localUrl, callback({ name: 'cpu' }));
    const { stdout, stderr } = await app.end('SIGTERM');
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    for (const line of stderr.trimEnd().split('\n')) expect(() => void JSON.parse(line)).not.toThrow();
    expect(stderr).not.toContain(source.secret);
  });

  test('means that both doors answer', async () => {
    const app = await folder.start();
    expect((await fetch(app.ready.webhookUrl)).status).toBe(404);
    await expect(app.call('health', {})).resolves.toMatchObject({
      listener: { port: Number(new URL(app.ready.webhookUrl).port) },
    });
  });
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s comes within a second, with code 0, also in the middle of work',
    async (signal) => {
      const app = await folder.start();
      const { localUrl } = await app.addSource();
      const sending = Array.from({ length: 50 }, (_, index) =>
        fetch(localUrl, callback({ name: `cpu-${index}` })).then(
          ({ status }) => status,
          () => 0,
        ),
      );
      await Promise.race(sending);
      const { code, tookMs, stderr } = await app.end(signal);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(1000);
      expect(stderr).not.toContain('fault');
      expect(existsSync(join(folder.path, 'control.sock'))).toBe(false);
      expect(existsSync(join(folder.path, 'tocsin.db-wal'))).toBe(false);
      const answered = (await Promise.all(sending)).filter((status) => status === 200).length;
      const again = await folder.start();
      expect((await again.alerts()).length).toBeGreaterThanOrEqual(answered);
    },
  );
});

describe('a start that cannot go on ends with code 1 and one sentence', () => {
  test('when the port is taken', async () => {
    const { server, port } = await takePort();
    const { code, stdout, stderr } = await folder.startInVain('--port', String(port));
    server.close();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    expect(lines).toEqual([expect.stringContaining(`Port ${port} `)]);
  });

  test('when the data folder cannot be used', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const { code, stdout, stderr } = await folder.startInVain('--data-dir', file);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining(file)]);
  });

  test('when another one has the data folder, which goes on undisturbed', async () => {
    const app = await folder.start();
    const { localUrl } = await app.addSource();
    const { code, stdout, stderr } = await folder.startInVain();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('Another Tocsin')]);
    expect((await fetch(localUrl, callback({ name: 'cpu' }))).status).toBe(200);
    expect(await app.alerts()).toHaveLength(1);
  });

  test.each([
    ['--port', 'abc'],
    ['--port', '70000'],
    ['--colour', 'red'],
  ])('when it is told %s %s', async (...args) => {
    const { code, stdout, stderr } = await folder.startInVain(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(args[0]);
    expect(stderr).not.toContain('    at ');
  });
});

test('kill -9 leaves nothing that hinders the next start', async () => {
  const app = await folder.start();
  await app.addSource();
  await app.end('SIGKILL');
  expect(existsSync(join(folder.path, 'control.sock'))).toBe(true);
  const again = await folder.start();
  await expect(again.call('listSources', {})).resolves.toHaveLength(1);
});
