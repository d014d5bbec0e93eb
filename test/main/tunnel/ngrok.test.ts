// The real library of ngrok against a stand-in for its far end: the service itself cannot be reached from here.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ngrokTrouble, ngrokTunnel } from '../../../main/tunnel/ngrok.ts';
import type { RunningTunnel } from '../../../main/tunnel/provider.ts';
import { NgrokService } from '../../fakes/ngrok-service.ts';
import { TunnelLog } from '../../fakes/tunnel-log.ts';
import { until } from '../../fakes/until.ts';

const authtoken = '2abcTOKEN_of_somebody';
let service: NgrokService;
let web: Server;
let port: number;
const running: RunningTunnel[] = [];

beforeAll(async () => {
  web = createServer((asked, answer) => {
    let body = '';
    asked.on('data', (text: Buffer) => {
      body += text.toString();
    });
    asked.on('end', () => answer.end(`${asked.method} ${asked.url} ${body}`));
  });
  port = await new Promise((resolve) => {
    web.listen(0, '127.0.0.1', () => {
      const address = web.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});
afterAll(() => void web.close());
beforeEach(async () => {
  service = await NgrokService.start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await service.stop();
});

function start(domain: string | null = null, address = service.serverAddr): TunnelLog {
  const log = new TunnelLog();
  const provider = ngrokTunnel(
    { kind: 'ngrok', domain },
    {
      authtoken,
      heartbeat: { every: 1, tolerance: 1 },
      pace: { knockMs: 1000, turnMs: 1500 },
      farEnd: { address, certificate: service.certificate },
    },
  );
  running.push(provider.start(port, log));
  return log;
}

/** A port that lets connections neither in nor fail: its program stands still and its queue is full. */
class DeafPort {
  readonly address: string;
  readonly #program: ChildProcess;
  readonly #callers: readonly Socket[];

  private constructor(program: ChildProcess, ownPort: number) {
    this.#program = program;
    this.address = `127.0.0.1:${ownPort}`;
    this.#callers = [1, 2, 3, 4].map(() => connect(ownPort, '127.0.0.1').on('error', () => undefined));
  }

  static async open(): Promise<DeafPort> {
    const listens = `const server = require('net').createServer();
      server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
    const program = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<Buffer>((resolve) => program.stdout.once('data', resolve));
    program.kill('SIGSTOP');
    const deaf = new DeafPort(program, Number(said.toString()));
    await new Promise((resolve) => setTimeout(resolve, 300));
    return deaf;
  }

  close(): void {
    for (const caller of this.#callers) caller.destroy();
    this.#program.kill('SIGKILL');
  }
}

describe('ngrok', () => {
  test('carries a request to our port, and its service hears when it is stopped', async () => {
    const log = start();
    const url = await log.up();
    const answer = await fetch(`${url}/hooks/a/b`, { method: 'POST', body: 'alertState=ALERT' });
    expect(await answer.text()).toBe('POST /hooks/a/b alertState=ALERT');
    expect(service.tokens).toEqual([authtoken]);
    const from = performance.now();
    await running[0]?.stop();
    expect(performance.now() - from).toBeLessThan(2000);
    expect(service.endpoints).toBe(0);
    expect(log.troubles).toEqual([]);
  });

  test('asks for the domain of the plan', async () => {
    service.nextUrl = 'https://pager.ngrok-free.app';
    expect(await start('pager.ngrok-free.app').up()).toBe('https://pager.ngrok-free.app');
    expect(service.domains).toEqual(['pager.ngrok-free.app']);
  });

  test.each([
    ['ERR_NGROK_105', 'login', { code: 'login-refused', retry: false }],
    ['ERR_NGROK_108', 'login', { code: 'address-in-use', retry: true }],
    ['ERR_NGROK_334', 'address', { code: 'address-in-use', retry: true }],
    ['ERR_NGROK_320', 'address', { code: 'failed', retry: true }],
  ] as const)('a refusal with %s at the %s is named, without the token', async (code, at, expected) => {
    service.mood = { kind: 'refuse', at, message: `Not so.\nYour authtoken: ${authtoken}\r\n\r\n${code}` };
    const log = start();
    const trouble = await log.down();
    expect(trouble).toMatchObject(expected);
    expect(trouble.detail).toContain(code);
    expect(trouble.detail).not.toContain(authtoken);
    expect(log.urls).toEqual([]);
  });

  test('a far end that hangs up before a word is unreachable', async () => {
    service.mood = { kind: 'hang-up' };
    expect(await start().down()).toMatchObject({ code: 'host-unreachable', retry: true });
  });

  test('a far end that says nothing is given up by its heartbeat', async () => {
    service.mood = { kind: 'silent' };
    expect(await start().down()).toMatchObject({ code: 'host-unreachable', retry: true });
  });

  test('while an earlier attempt hangs in the library the next says so, and none of those given up logs in later', async () => {
    service.mood = { kind: 'silent' };
    await start().down();
    expect(await start().down()).toMatchObject({
      code: 'host-unreachable',
      detail: expect.stringContaining('restarting Tocsin') as string,
    });
    service.mood = { kind: 'take' };
    const log = start();
    service.drop();
    await log.up();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([service.agents, service.tokens.length]).toEqual([1, 1]);
  }, 30_000);

  test('a far end that takes no connection does not keep the next attempt from connecting', async () => {
    const deaf = await DeafPort.open();
    try {
      const first = start(null, deaf.address);
      expect(await first.down(5000)).toMatchObject({ code: 'host-unreachable', retry: true });
      await start().up();
    } finally {
      deaf.close();
    }
  }, 30_000);

  test('what was stopped while it was connecting says nothing and does not stay', async () => {
    const log = start('pager.ngrok-free.app');
    await until(() => service.agents === 1);
    await running[0]?.stop();
    await until(() => service.tokens.length === 1);
    // The address may have been given out by then; it is given back.
    await until(() => service.endpoints === 0);
    expect([log.urls, log.troubles]).toEqual([[], []]);
  });

  test('a connection that is cut off is lost at once and not taken up again behind our back', async () => {
    const log = start();
    await log.up();
    service.drop();
    expect(await log.down(1000)).toMatchObject({ code: 'lost', retry: true });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(service.agents).toBe(0);
    expect(service.tokens).toHaveLength(1);
    expect(log.troubles).toHaveLength(1);
  });

  test('what it serves is given back when another attempt takes its place', async () => {
    await start().up();
    await running[0]?.stop();
    await start().up();
    expect(service.endpoints).toBe(1);
  });

  test('a far end that stands still without hanging up is lost after its heartbeat', async () => {
    const log = start();
    await log.up();
    service.mood = { kind: 'silent' };
    expect(await log.down(5000)).toMatchObject({
      code: 'lost',
      detail: expect.stringContaining('heartbeat') as string,
    });
  });
});

test('a library that is missing on this system will not come by waiting', () => {
  const error = new Error("Cannot find module '@ngrok/ngrok-linux-riscv64-gnu'");
  expect(ngrokTrouble(error, authtoken, false)).toMatchObject({ code: 'failed', retry: false });
});
