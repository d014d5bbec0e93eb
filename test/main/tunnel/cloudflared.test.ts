// Against a stand-in for Cloudflare's program: it is not on this machine, and its service cannot be reached from here.
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CloudflaredPace, cloudflaredTunnel } from '../../../main/tunnel/cloudflared.ts';
import type { RunningTunnel } from '../../../main/tunnel/provider.ts';
import { CloudflaredStandIn } from '../../fakes/cloudflared-stand-in.ts';
import { TunnelLog } from '../../fakes/tunnel-log.ts';
import { until } from '../../fakes/until.ts';

const token = 'eyJhIjoiNTU1Iiwi.of-a-tunnel';
const named = { kind: 'cloudflared', mode: 'named', publicUrl: 'https://pager.example.test' } as const;
const quick = { kind: 'cloudflared', mode: 'quick', publicUrl: null } as const;

let standIn: CloudflaredStandIn;
const running: RunningTunnel[] = [];
beforeEach(() => {
  standIn = new CloudflaredStandIn();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
  standIn.remove();
});

function start(
  plan: Parameters<typeof cloudflaredTunnel>[0],
  pace: Partial<CloudflaredPace> = {},
  program = standIn.program,
): TunnelLog {
  const log = new TunnelLog();
  const provider = cloudflaredTunnel(plan, {
    folder: standIn.folder,
    token: plan.mode === 'named' ? token : null,
    program,
    pace: { askFirstMs: 20, askMs: 50, unconnectedMs: 300, startMs: 5000, ...pace },
  });
  running.push(provider.start(9797, log));
  return log;
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

describe('a named tunnel', () => {
  test('is up with the address of the plan once it is connected; its token is in no argument', async () => {
    standIn.wish({ connections: 0 });
    const log = start(named);
    await until(() => existsSync(`${standIn.folder}/wish.json.seen`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(log.urls).toEqual([]);
    standIn.wish({ connections: 1 });
    expect(await log.up()).toBe('https://pager.example.test');
    expect(standIn.seen.token).toBe(token);
    expect(standIn.seen.args.join(' ')).not.toContain(token);
    expect(standIn.seen.args).toContain('run');
  });

  test('with a token that is none is refused, and not tried again', async () => {
    standIn.wish({ start: 'bad-token' });
    expect(await start(named).down()).toMatchObject({ code: 'login-refused', retry: false });
  });

  test('with a token of a tunnel that is gone is refused, although the program goes on trying', async () => {
    standIn.wish({ start: 'unauthorized', connections: 0 });
    const trouble = await start(named).down();
    expect(trouble).toMatchObject({ code: 'login-refused', retry: true });
    expect(trouble.detail).toContain('Invalid tunnel secret');
    await until(() => !isAlive(standIn.seen.pid));
  });

  test('that never connects is given up with what it said about the edge', async () => {
    standIn.wish({ connections: 0 });
    const log = start(named, { startMs: 800 });
    expect(await log.down()).toMatchObject({ code: 'host-unreachable', retry: true });
    await until(() => !isAlive(standIn.seen.pid));
  });

  test('without a connection for too long is lost although its process lives', async () => {
    const log = start(named);
    await log.up();
    standIn.wish({ connections: 0 });
    const from = performance.now();
    expect(await log.down()).toMatchObject({ code: 'lost', retry: true });
    expect(performance.now() - from).toBeGreaterThan(250);
    await until(() => !isAlive(standIn.seen.pid));
  });

  test('whose connection comes back in time is not lost', async () => {
    const log = start(named);
    await log.up();
    for (let time = 0; time < 2; time += 1) {
      standIn.wish({ connections: 0 });
      await new Promise((resolve) => setTimeout(resolve, 150));
      standIn.wish({ connections: 4 });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(log.troubles).toEqual([]);
  });

  test('that stands still is lost after three questions without an answer', async () => {
    const log = start(named);
    await log.up();
    process.kill(standIn.seen.pid, 'SIGSTOP');
    expect(await log.down()).toMatchObject({ code: 'lost' });
    await until(() => !isAlive(standIn.seen.pid));
  });

  test('that is killed is lost at once', async () => {
    const log = start(named);
    await log.up();
    process.kill(standIn.seen.pid, 'SIGKILL');
    expect(await log.down(1000)).toMatchObject({ code: 'lost' });
  });

  test('is gone within two seconds of being stopped, also when it does not listen', async () => {
    standIn.wish({ start: 'stubborn' });
    const log = start(named);
    await log.up();
    const from = performance.now();
    await running[0]?.stop();
    expect(performance.now() - from).toBeLessThan(2000);
    expect(isAlive(standIn.seen.pid)).toBe(false);
    expect(log.troubles).toEqual([]);
  });
});

describe('a quick tunnel', () => {
  test('has the address that is printed, forwards to our port, and listens to no other settings', async () => {
    process.env['TUNNEL_URL'] = 'http://127.0.0.1:1';
    process.env['TUNNEL_TOKEN'] = 'of something else';
    try {
      expect(await start(quick).up()).toBe('https://calm-red-fox.trycloudflare.com');
    } finally {
      delete process.env['TUNNEL_URL'];
      delete process.env['TUNNEL_TOKEN'];
    }
    const { args, token: shown } = standIn.seen;
    expect(args).toContain('--url=http://127.0.0.1:9797');
    expect(args).toContain(`--config=${standIn.folder}/cloudflared.yml`);
    expect(shown).toBeNull();
  });

  test('has the address that it answers with when it printed none', async () => {
    standIn.wish({ isHostPrinted: false });
    expect(await start(quick).up()).toBe('https://calm-red-fox.trycloudflare.com');
  });

  test('has another address the next time', async () => {
    await start(quick).up();
    await running[0]?.stop();
    standIn.wish({ host: 'other.trycloudflare.com' });
    expect(await start(quick).up()).toBe('https://other.trycloudflare.com');
  });

  test('without a network is unreachable; the address of the service is not taken for ours', async () => {
    standIn.wish({ start: 'unreachable' });
    const log = start(quick);
    expect(await log.down()).toMatchObject({ code: 'host-unreachable', retry: true });
    expect(log.urls).toEqual([]);
  });

  test('that never says its address has none', async () => {
    standIn.wish({ isHostPrinted: false, host: 'not a host' });
    expect(await start(quick, { startMs: 600 }).down()).toMatchObject({ code: 'no-address' });
  });

  test('without the program says so', async () => {
    const log = start(quick, {}, 'no-such-program');
    expect(await log.down()).toEqual({ code: 'program-missing', detail: null, retry: false });
  });
});
