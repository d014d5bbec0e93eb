// From the plan in the store to the far end and back, with the real supervisor in real time.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { TunnelPlanStore } from '../../../main/settings/tunnel-plan.ts';
import { noKeyring, TunnelSecrets } from '../../../main/settings/tunnel-secret.ts';
import { createProviders, type ProviderOptions } from '../../../main/tunnel/providers.ts';
import { Tunnel } from '../../../main/tunnel/tunnel.ts';
import type { SetTunnel } from '../../../shared/tunnel.ts';
import { CloudflaredStandIn } from '../../fakes/cloudflared-stand-in.ts';
import { freePort } from '../../fakes/free-port.ts';
import { NgrokService } from '../../fakes/ngrok-service.ts';
import { Sshd } from '../../fakes/sshd.ts';
import { TunnelLog } from '../../fakes/tunnel-log.ts';
import { until } from '../../fakes/until.ts';

let folder: string;
let db: Store;
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'toc-providers-'));
  db = openDatabase(path.join(folder, 'tocsin.db'));
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  db.close();
  rmSync(folder, { recursive: true });
});

let plans: TunnelPlanStore;
/** A tunnel that is looked after ten times a second instead of once. */
async function run(chosen: SetTunnel, options: ProviderOptions): Promise<Tunnel> {
  plans = new TunnelPlanStore(db);
  const tunnel = new Tunnel({
    plans,
    secrets: new TunnelSecrets(folder, noKeyring),
    ...createProviders(folder, options),
    programs: () => Promise.resolve({ ssh: null, cloudflared: null }),
    port: () => 9797,
    now: Date.now,
    elapsed: () => performance.now(),
    onChange: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  const timer = setInterval(() => tunnel.tick(), 100);
  ends.push(
    () => clearInterval(timer),
    () => tunnel.stop(),
  );
  await tunnel.set(chosen);
  return tunnel;
}

const becomes = (tunnel: Tunnel, state: 'up' | 'down', limitMs = 8000): Promise<true> =>
  until(() => tunnel.state?.state === state, limitMs);

describe('what breaks off comes back by itself', () => {
  test('ssh, when its server is killed, or stands still', async () => {
    const sshd = await Sshd.start();
    ends.push(() => sshd.stop());
    const tunnel = await run({ plan: sshd.plan(await freePort()) }, { ssh: { aliveSeconds: 1 } });
    await becomes(tunnel, 'up');
    sshd.kill();
    await becomes(tunnel, 'down');
    expect(tunnel.state?.trouble?.code).toBe('lost');
    await until(() => tunnel.state?.trouble?.code === 'host-unreachable', 4000);
    await sshd.comeBack();
    await becomes(tunnel, 'up');
    sshd.freeze();
    await becomes(tunnel, 'down');
    expect(tunnel.state?.trouble?.code).toBe('lost');
    sshd.thaw();
    await becomes(tunnel, 'up', 15_000);
  });

  test('ngrok, at its stand-in, with another address', async () => {
    const service = await NgrokService.start();
    ends.push(() => service.stop());
    service.nextUrl = 'https://a.ngrok-free.app';
    const farEnd = { address: service.serverAddr, certificate: service.certificate };
    const tunnel = await run(
      { plan: { kind: 'ngrok', domain: null }, secret: 'token' },
      { ngrok: { farEnd } },
    );
    await becomes(tunnel, 'up');
    plans.noteProven();
    service.nextUrl = 'https://b.ngrok-free.app';
    service.drop();
    await becomes(tunnel, 'down');
    await becomes(tunnel, 'up');
    expect(tunnel.state).toMatchObject({
      publicUrl: 'https://b.ngrok-free.app',
      formerUrls: [{ url: 'https://a.ngrok-free.app' }],
    });
  });

  test('cloudflared, by its stand-in, with another address', async () => {
    const standIn = new CloudflaredStandIn();
    ends.push(() => standIn.remove());
    const { program } = standIn;
    const tunnel = await run(
      { plan: { kind: 'cloudflared', mode: 'quick', publicUrl: null } },
      { cloudflared: { program } },
    );
    await becomes(tunnel, 'up');
    plans.noteProven();
    standIn.wish({ host: 'second.trycloudflare.com' });
    process.kill(standIn.seen.pid, 'SIGKILL');
    await becomes(tunnel, 'down');
    await becomes(tunnel, 'up');
    expect(tunnel.state).toMatchObject({
      publicUrl: 'https://second.trycloudflare.com',
      formerUrls: [{ url: 'https://calm-red-fox.trycloudflare.com' }],
    });
  });
});

describe('a plan that cannot begin', () => {
  test.each([
    [{ kind: 'ngrok', domain: null }, 'secret-missing'],
    [{ kind: 'cloudflared', mode: 'named', publicUrl: 'https://a.example.test' }, 'secret-missing'],
  ] as const)('without a secret says so: %j', (plan, code) => {
    const log = new TunnelLog();
    createProviders(folder).providerFor(plan, null).start(9797, log);
    expect(log.troubles).toEqual([{ code, detail: null, retry: false }]);
  });

  test('a named tunnel without its public address says so', () => {
    const log = new TunnelLog();
    const plan = { kind: 'cloudflared', mode: 'named', publicUrl: null } as const;
    createProviders(folder).providerFor(plan, 'token').start(9797, log);
    expect(log.troubles).toEqual([{ code: 'no-address', detail: null, retry: false }]);
  });
});

test('an address of the user is up as it is', () => {
  const log = new TunnelLog();
  const plan = { kind: 'own-address', publicUrl: 'https://a.example.test/in' } as const;
  createProviders(folder).providerFor(plan, null).start(9797, log);
  expect(log.urls).toEqual(['https://a.example.test/in']);
});

test('what a public service once showed as its key is forgotten when a person chooses again', () => {
  mkdirSync(path.join(folder, 'tunnel'));
  const file = path.join(folder, 'tunnel', 'public-hosts');
  writeFileSync(file, 'localhost.run ssh-ed25519 AAAA\n');
  const { forgetHosts } = createProviders(folder);
  forgetHosts();
  forgetHosts();
  expect(() => rmSync(file)).toThrow('ENOENT');
});

test('where no kernel does it, what an earlier life left running is ended before anything is started', async () => {
  const left = spawn('/bin/sh', ['-c', 'sleep 60; true', 'ssh', `${folder}/tunnel/own-host`]);
  const other = spawn('/bin/sh', ['-c', 'sleep 60; true', 'ssh', `${folder}-other/tunnel/own-host`]);
  ends.push(
    () => left.kill('SIGKILL'),
    () => other.kill('SIGKILL'),
  );
  const ended = new Promise((resolve) => left.once('exit', (_code, signal) => resolve(signal)));
  const providers = createProviders(folder, {}, 'darwin');
  expect(left.exitCode).toBeNull();
  providers.providerFor({ kind: 'own-address', publicUrl: 'https://a.example.test' }, null);
  expect(await ended).toBe('SIGTERM');
  expect(other.signalCode).toBeNull();
});
