// The real OpenSSH on both sides, on the loopback address.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningTunnel } from '../../../main/tunnel/provider.ts';
import { type SshParts, sshTunnel } from '../../../main/tunnel/ssh.ts';
import type { SshPlan } from '../../../main/tunnel/ssh-command.ts';
import { freePort } from '../../fakes/free-port.ts';
import { Sshd } from '../../fakes/sshd.ts';
import { TunnelLog } from '../../fakes/tunnel-log.ts';
import { until } from '../../fakes/until.ts';

let sshd: Sshd;
let folder: string;
let web: Server;
let port: number;
const heard: string[] = [];
const running: RunningTunnel[] = [];

beforeAll(async () => {
  sshd = await Sshd.start();
  web = createServer((asked, answer) => {
    let body = '';
    asked.on('data', (text: Buffer) => {
      body += text.toString();
    });
    asked.on('end', () => {
      heard.push(`${asked.method} ${asked.url} ${body}`);
      answer.end('taken');
    });
  });
  port = await new Promise((resolve) => {
    web.listen(0, '127.0.0.1', () => {
      const address = web.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});
afterAll(() => {
  sshd.stop();
  web.close();
});
beforeEach(() => {
  // ssh takes values apart at blanks and replaces what follows a percent sign.
  folder = mkdtempSync(path.join(tmpdir(), 'toc ssh 100%d "x" '));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  rmSync(folder, { recursive: true });
});

function start(plan: SshPlan, parts: Partial<SshParts> = {}): TunnelLog {
  const log = new TunnelLog();
  running.push(sshTunnel(plan, { folder, aliveSeconds: 1, ...parts }).start(port, log));
  return log;
}

/** Every ssh of ours names a file in the folder of this test. */
function sshProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path.basename(folder).slice(0, 10));
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** The addresses on which somebody listens at this port, IPv6 as it stands in /proc. */
function listenersOn(far: number): string[] {
  const hex = far.toString(16).toUpperCase().padStart(4, '0');
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = '', , state]) => local.endsWith(`:${hex}`) && state === '0A')
      .map(([, local = '']) => local.split(':')[0] ?? '')
      .map((address) => (kind === 'tcp' ? [...Buffer.from(address, 'hex')].toReversed().join('.') : address)),
  );
}

describe('to a host of the user', () => {
  test('it carries a request from the far port to ours and is gone when it is stopped', async () => {
    const remotePort = await freePort();
    const log = start(sshd.plan(remotePort));
    const url = await log.up();
    expect(url).toBe(`http://127.0.0.1:${remotePort}`);
    const answer = await fetch(`${url}/hooks/a/b`, { method: 'POST', body: 'alertState=ALERT' });
    expect(await answer.text()).toBe('taken');
    expect(heard).toContain('POST /hooks/a/b alertState=ALERT');

    const from = performance.now();
    await running[0]?.stop();
    expect(performance.now() - from).toBeLessThan(2000);
    expect(sshProcesses()).toEqual([]);
    expect(log.troubles).toEqual([]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('the address of the plan counts, and then only what runs on that host may come in', async () => {
    const remotePort = await freePort();
    const log = start(sshd.plan(remotePort, { publicUrl: 'https://pager.example.test/in' }));
    expect(await log.up()).toBe('https://pager.example.test/in');
    expect(listenersOn(remotePort)).toEqual(['127.0.0.1']);
  });

  test('a killed server is a lost tunnel at once, and its comeback can be used', async () => {
    const remotePort = await freePort();
    const log = start(sshd.plan(remotePort));
    await log.up();
    sshd.kill();
    expect(await log.down(2000)).toMatchObject({ code: 'lost', retry: true });
    expect(await start(sshd.plan(remotePort)).down()).toMatchObject({
      code: 'host-unreachable',
      detail: expect.stringContaining('Connection refused') as string,
      retry: true,
    });
    await sshd.comeBack();
    await start(sshd.plan(remotePort)).up();
  });

  test('a server that stands still is a lost tunnel after two questions without an answer', async () => {
    const log = start(sshd.plan(await freePort()));
    await log.up();
    sshd.freeze();
    try {
      const from = performance.now();
      expect(await log.down(6000)).toMatchObject({
        code: 'lost',
        detail: expect.stringContaining('not responding') as string,
      });
      expect(performance.now() - from).toBeGreaterThan(1000);
    } finally {
      sshd.thaw();
    }
  });

  test('another key than the pinned one is refused, and not tried again', async () => {
    const { publicKey } = sshd.newKey('stranger');
    const log = start(sshd.plan(await freePort(), { hostKey: publicKey }));
    expect(await log.down()).toMatchObject({ code: 'host-key-changed', retry: false });
    expect(log.urls).toEqual([]);
  });

  test('a pinned key of a kind that the server does not have is another key', async () => {
    const hostKey = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC1';
    const log = start(sshd.plan(await freePort(), { hostKey }));
    expect(await log.down()).toMatchObject({ code: 'host-key-changed', retry: false });
  });

  test('without a pinned key nobody is called', async () => {
    const log = start(sshd.plan(await freePort(), { hostKey: null }));
    expect(log.troubles).toEqual([{ code: 'host-key-missing', detail: null, retry: false }]);
  });

  test('a key that the server does not know is a refused login', async () => {
    const { file } = sshd.newKey('unknown');
    const log = start(sshd.plan(await freePort(), { identityFile: file }));
    expect(await log.down()).toMatchObject({ code: 'login-refused', retry: false });
  });

  test('a key file that is not there is named', async () => {
    const identityFile = path.join(folder, 'no-such-key');
    const log = start(sshd.plan(await freePort(), { identityFile }));
    expect(await log.down()).toMatchObject({
      code: 'login-refused',
      detail: expect.stringContaining('no-such-key') as string,
    });
  });

  test.each([null, 'https://pager.example.test'])(
    'a far port that another program has is refused (address %s)',
    async (publicUrl) => {
      const other = createTcpServer();
      const taken = await new Promise<number>((resolve) => {
        other.listen(0, '127.0.0.1', () => {
          const address = other.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      });
      const log = start(sshd.plan(taken, { publicUrl }));
      expect(await log.down()).toMatchObject({ code: 'port-refused', retry: true });
      other.close();
    },
  );

  test('a host that nobody knows is unreachable', async () => {
    const log = start(sshd.plan(await freePort(), { host: 'no-such-host.invalid' }));
    expect(await log.down()).toMatchObject({ code: 'host-unreachable', retry: true });
  });

  test('without ssh it says so', async () => {
    const log = start(sshd.plan(await freePort()), { program: 'no-such-program' });
    expect(await log.down()).toEqual({ code: 'program-missing', detail: null, retry: false });
  });

  test('it ends with us, even when we are killed', async () => {
    const module = path.join(import.meta.dirname, '..', '..', '..', 'main', 'tunnel', 'ssh.ts');
    const plan = sshd.plan(await freePort());
    const holder = spawn(process.execPath, [
      '-e',
      `import(${JSON.stringify(module)}).then(({ sshTunnel }) =>
        sshTunnel(${JSON.stringify(plan)}, { folder: ${JSON.stringify(folder)} })
          .start(${port}, { onUp: (url) => console.log(url), onDown: () => process.exit(1) }));`,
    ]);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(sshProcesses().length).toBeGreaterThan(1);
    holder.kill('SIGKILL');
    await until(() => sshProcesses().length === 0);
  });

  test('what was stopped while it was starting says nothing more', async () => {
    const log = start(sshd.plan(await freePort()));
    await running[0]?.stop();
    expect([log.urls, log.troubles]).toEqual([[], []]);
    expect(sshProcesses()).toEqual([]);
  });
});

describe('to a service that prints the address', () => {
  const host = 'ab12cd34.lhr.life';
  let service: Sshd;
  beforeAll(async () => {
    const script = [
      "echo 'To set up custom domains go to https://admin.localhost.run/'",
      `echo '${host} tunneled with tls termination, https://${host}'`,
      'sleep 0.5',
      "echo 'second.lhr.life tunneled with tls termination, https://second.lhr.life'",
      'cat',
    ].join('; ');
    service = await Sshd.start([`ForceCommand ${script}`]);
  });
  afterAll(() => service.stop());

  test('its address is taken from what it prints, also when it gives another one later', async () => {
    // The service takes everybody; sshd does not, so a key is added to our command. The far port is always 80, which is
    // not for a test to take.
    const program = path.join(folder, 'ssh');
    const added = `-o ClearAllForwardings=yes -i ${service.identityFile}`;
    writeFileSync(program, `#!/bin/sh\nexec ssh ${added} "$@"\n`, { mode: 0o700 });
    const plan: SshPlan = { ...service.plan(80), service: 'localhost.run', host: null };
    const log = start(plan, {
      program,
      publicService: { user: service.user, host: '127.0.0.1', port: service.port },
    });
    expect(await log.up()).toBe(`https://${host}`);
    expect(await log.up(2)).toBe('https://second.lhr.life');
    service.kill();
    expect(await log.down()).toMatchObject({ code: 'lost', retry: true });
    await service.comeBack();
  });

  test('none of our keys is shown to it, so a server that wants one refuses', async () => {
    const plan: SshPlan = { ...service.plan(80), service: 'localhost.run', host: null };
    const log = start(plan, {
      publicService: { user: service.user, host: '127.0.0.1', port: service.port },
    });
    expect(await log.down()).toMatchObject({ code: 'login-refused' });
    // It was seen for the first time, and is remembered.
    expect(readFileSync(path.join(folder, 'public-hosts'), 'utf8')).toContain(service.hostKey);
  });
});
