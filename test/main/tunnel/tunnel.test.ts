import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { TunnelPlanStore } from '../../../main/settings/tunnel-plan.ts';
import { noKeyring, TunnelSecrets } from '../../../main/settings/tunnel-secret.ts';
import type { TunnelEvents, TunnelTrouble } from '../../../main/tunnel/provider.ts';
import { Tunnel } from '../../../main/tunnel/tunnel.ts';
import type { TunnelPlan } from '../../../shared/tunnel.ts';

const ngrok = { kind: 'ngrok', domain: null } as const;
const quick = { kind: 'cloudflared', mode: 'quick', publicUrl: null } as const;
const lost: TunnelTrouble = { code: 'lost', detail: 'reset', retry: true };

/** One attempt as its provider sees it. */
class Attempt implements TunnelEvents {
  stopped = false;
  /** Settled by the test when ending takes long. */
  readonly #gone: Promise<void> | null;
  readonly plan: TunnelPlan;
  readonly secret: string | null;
  readonly port: number;
  readonly onUp: TunnelEvents['onUp'];
  readonly onDown: TunnelEvents['onDown'];

  constructor(
    plan: TunnelPlan,
    secret: string | null,
    port: number,
    events: TunnelEvents,
    gone: Promise<void> | null,
  ) {
    this.plan = plan;
    this.secret = secret;
    this.port = port;
    this.onUp = events.onUp;
    this.onDown = events.onDown;
    this.#gone = gone;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.#gone;
  }
}

let folder: string;
let db: Store;
let plans: TunnelPlanStore;
let secrets: TunnelSecrets;
let tunnel: Tunnel;
let seconds: number;
let port: number | null;
let attempts: Attempt[];
let changes: number;
let faults: unknown[];
let gone: Promise<void> | null;
let onStart: (events: TunnelEvents) => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-tunnel-'));
  db = openDatabase(join(folder, 'tocsin.db'));
  plans = new TunnelPlanStore(db);
  secrets = new TunnelSecrets(folder, noKeyring);
  seconds = 1000;
  port = 9797;
  attempts = [];
  changes = 0;
  faults = [];
  gone = null;
  onStart = () => undefined;
  tunnel = create();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function create(): Tunnel {
  return new Tunnel({
    plans,
    secrets,
    providerFor: (plan, secret) => ({
      start: (ours, events) => {
        const attempt = new Attempt(plan, secret, ours, events, gone);
        attempts.push(attempt);
        onStart(events);
        return attempt;
      },
    }),
    forgetHosts: () => undefined,
    programs: () => Promise.resolve({ ssh: null, cloudflared: null }),
    port: () => port,
    now: () => 1_800_000_000_000 + seconds * 1000,
    elapsed: () => seconds * 1000,
    onChange: () => {
      changes += 1;
    },
    onFault: (error) => void faults.push(error),
  });
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets time pass, a tick a second. */
async function pass(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) {
    seconds += 1;
    tunnel.tick();
    await settle();
  }
}

/** The newest attempt. */
function newest(): Attempt {
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Error('nothing was started');
  return attempt;
}

async function choose(plan: TunnelPlan, secret?: string | null): Promise<void> {
  await tunnel.set(secret === undefined ? { plan } : { plan, secret });
  await settle();
}

describe('without a way in', () => {
  test('there is nothing to say and nothing is started', async () => {
    await pass(5);
    expect([tunnel.state, attempts]).toEqual([null, []]);
  });
});

describe('a way in that was chosen', () => {
  test('is started at once, with its secret and our port, and is up when it says so', async () => {
    await choose(ngrok, 'token');
    expect(newest()).toMatchObject({ plan: ngrok, secret: 'token', port: 9797 });
    expect(tunnel.state).toMatchObject({
      kind: 'ngrok',
      state: 'starting',
      publicUrl: null,
      nextTryAt: null,
    });
    seconds += 3;
    newest().onUp('https://a.example.test');
    expect(tunnel.state).toEqual({
      kind: 'ngrok',
      state: 'up',
      publicUrl: 'https://a.example.test',
      since: 1_800_000_000_000 + seconds * 1000,
      trouble: null,
      nextTryAt: null,
      formerUrls: [],
    });
  });

  test('is started again after a restart of the app', async () => {
    await choose(ngrok, 'token');
    tunnel = create();
    tunnel.tick();
    await settle();
    expect(attempts).toHaveLength(2);
    expect(newest().secret).toBe('token');
  });

  test('may be up before its start has returned', async () => {
    onStart = ({ onUp }) => onUp('https://a.example.test');
    await choose({ kind: 'own-address', publicUrl: 'https://a.example.test' });
    expect(tunnel.state).toMatchObject({ state: 'up', publicUrl: 'https://a.example.test' });
  });

  test.each([
    'javascript:alert(1)',
    'https://a.test/?q',
    'https://user@a.test',
    'tcp://0.tcp.ngrok.io:1',
    '',
  ])('that says the address %j has none', async (url) => {
    await choose(ngrok, 'token');
    newest().onUp(url);
    expect(tunnel.state).toMatchObject({ state: 'down', publicUrl: null, trouble: { code: 'no-address' } });
    expect(newest().stopped).toBe(true);
  });

  test('is up also when its address cannot be written down', async () => {
    await choose(ngrok, 'token');
    db.close();
    newest().onUp('https://a.example.test');
    expect(tunnel.state).toMatchObject({ state: 'up', publicUrl: 'https://a.example.test' });
    expect(faults).toHaveLength(1);
  });

  test('has an address without a slash at its end', async () => {
    await choose(ngrok, 'token');
    newest().onUp('https://a.example.test/in//');
    expect(tunnel.state?.publicUrl).toBe('https://a.example.test/in');
  });

  test('that fails is tried again after 1, 2, 5, 10, 30, 60, 60 seconds', async () => {
    await choose(ngrok, 'token');
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const before = attempts.length;
      newest().onDown({ code: 'host-unreachable', detail: null, retry: true });
      const from = seconds;
      expect(tunnel.state?.nextTryAt).toBeGreaterThan(1_800_000_000_000 + seconds * 1000);
      while (attempts.length === before) await pass(1);
      waits.push(seconds - from);
    }
    expect(waits).toEqual([1, 2, 5, 10, 30, 60, 60]);
  });

  test('that was up for a minute starts over with the waits', async () => {
    await choose(ngrok, 'token');
    for (let round = 0; round < 4; round += 1) {
      newest().onDown(lost);
      while (newest().stopped) await pass(1);
    }
    newest().onUp('https://a.example.test');
    await pass(61);
    newest().onDown(lost);
    const from = seconds;
    while (newest().stopped) await pass(1);
    expect(seconds - from).toBe(1);
  });

  test('that comes and goes does not start over with them', async () => {
    await choose(ngrok, 'token');
    for (let round = 0; round < 5; round += 1) {
      newest().onUp('https://a.example.test');
      await pass(3);
      newest().onDown(lost);
      while (newest().stopped) await pass(1);
    }
    newest().onDown(lost);
    const from = seconds;
    while (newest().stopped) await pass(1);
    expect(seconds - from).toBe(60);
  });

  test('is down since it went down, however often it is tried, and says why', async () => {
    await choose(ngrok, 'token');
    newest().onUp('https://a.example.test');
    await pass(10);
    newest().onDown(lost);
    const since = 1_800_000_000_000 + seconds * 1000;
    expect(tunnel.state).toMatchObject({ state: 'down', since, trouble: { code: 'lost', detail: 'reset' } });
    await pass(20);
    newest().onDown({ code: 'host-unreachable', detail: null, retry: true });
    expect(tunnel.state).toMatchObject({ state: 'down', since, trouble: { code: 'host-unreachable' } });
    expect(tunnel.state?.publicUrl).toBeNull();
  });

  test('where a person has to change something is tried every ten minutes', async () => {
    await choose(ngrok, 'token');
    newest().onDown({ code: 'login-refused', detail: null, retry: false });
    await pass(599);
    expect(attempts).toHaveLength(1);
    await pass(1);
    expect(attempts).toHaveLength(2);
  });

  test('that does not come up within half a minute is ended and tried again', async () => {
    await choose(ngrok, 'token');
    await pass(29);
    expect(newest().stopped).toBe(false);
    await pass(1);
    expect(attempts[0]?.stopped).toBe(true);
    expect(tunnel.state).toMatchObject({ state: 'down', trouble: { code: 'no-address' } });
    attempts[0]?.onUp('https://too-late.example.test');
    expect(tunnel.state).toMatchObject({ state: 'down' });
    await pass(1);
    expect(attempts).toHaveLength(2);
  });

  test('is not begun again before the last attempt has ended', async () => {
    let end = (): void => undefined;
    gone = new Promise((resolve) => {
      end = resolve;
    });
    await choose(ngrok, 'token');
    newest().onDown(lost);
    await pass(5);
    expect(attempts).toHaveLength(1);
    end();
    await settle();
    expect(attempts).toHaveLength(2);
  });

  test('whose start throws has failed', async () => {
    onStart = () => {
      throw new Error('no room for token');
    };
    await choose(ngrok, 'token');
    expect(tunnel.state).toMatchObject({
      state: 'down',
      trouble: { code: 'failed', detail: 'Error: no room for …' },
    });
  });

  test('tells of every change and of nothing else', async () => {
    await choose(ngrok, 'token');
    changes = 0;
    await pass(5);
    expect(changes).toBe(0);
    newest().onUp('https://a.example.test');
    newest().onUp('https://a.example.test');
    expect(changes).toBe(1);
    newest().onDown(lost);
    newest().onDown(lost);
    expect(changes).toBe(2);
  });
});

describe('when the world changed', () => {
  test('what is down or starting is tried at once', async () => {
    await choose(ngrok, 'token');
    newest().onDown({ code: 'login-refused', detail: null, retry: false });
    tunnel.retryNow();
    await settle();
    expect(attempts).toHaveLength(2);
    tunnel.retryNow();
    await settle();
    expect(attempts).toHaveLength(3);
    expect(attempts.map(({ stopped }) => stopped)).toEqual([true, true, false]);
  });

  test('what is up stays, because its address may not survive', async () => {
    await choose(quick);
    newest().onUp('https://a.trycloudflare.com');
    tunnel.retryNow();
    await settle();
    expect(attempts).toHaveLength(1);
    tunnel.restart();
    await settle();
    expect(attempts).toHaveLength(2);
    expect(tunnel.state).toMatchObject({ state: 'starting' });
  });

  test('what the user runs is not begun anew while it is silent, which would only hide what is known', async () => {
    await choose({ kind: 'own-address', publicUrl: 'https://a.example.test' });
    newest().onUp('https://a.example.test');
    const { since } = tunnel.state ?? {};
    for (let second = 0; second < 1000; second += 1) {
      await pass(1);
      tunnel.noteSilence();
    }
    expect([attempts.length, tunnel.state?.since]).toEqual([1, since]);
  });

  test('nothing is forwarded to a port that is not ours, and it follows a port that moves', async () => {
    await choose(ngrok, 'token');
    newest().onUp('https://a.example.test');
    port = null;
    await pass(1);
    expect(newest().stopped).toBe(true);
    await pass(100);
    expect(attempts).toHaveLength(1);
    expect(tunnel.state).toMatchObject({ state: 'starting', publicUrl: null });
    port = 9898;
    await pass(1);
    expect(newest().port).toBe(9898);
  });

  test('another plan takes the place of the one before at once', async () => {
    await choose(ngrok, 'token');
    newest().onUp('https://a.example.test');
    await choose(quick);
    expect(attempts[0]?.stopped).toBe(true);
    expect(newest().plan).toEqual(quick);
    expect(tunnel.state).toMatchObject({ kind: 'cloudflared', state: 'starting', publicUrl: null });
    attempts[0]?.onUp('https://late.example.test');
    expect(tunnel.state?.publicUrl).toBeNull();
    await choose({ kind: 'none' });
    expect(tunnel.state).toBeNull();
    expect(newest().stopped).toBe(true);
  });

  test('a choice that waited for the keyring does not undo the one that was made meanwhile', async () => {
    let unlock: () => void = () => undefined;
    secrets = new TunnelSecrets(folder, {
      seal: () =>
        new Promise((resolve) => {
          unlock = () => resolve(new Uint8Array([1]));
        }),
      open: () => Promise.resolve('token'),
    });
    tunnel = create();
    const first = tunnel.set({ plan: ngrok, secret: 'token' });
    await choose({ kind: 'none' });
    unlock();
    await first;
    await settle();
    expect([tunnel.state, attempts, secrets.keptBy('ngrok')]).toEqual([null, [], 'none']);
  });

  test('a stopped tunnel stays so', async () => {
    await choose(ngrok, 'token');
    await tunnel.stop();
    await pass(100);
    tunnel.restart();
    await settle();
    expect(attempts.map(({ stopped }) => stopped)).toEqual([true]);
  });

  test('a stopped tunnel has nothing to say of a wake', async () => {
    await choose(ngrok, 'token');
    newest().onUp('https://a.example.test');
    await tunnel.stop();
    changes = 0;
    tunnel.retryNow();
    expect(changes).toBe(0);
  });
});

describe('the secret', () => {
  test('stays when a plan is chosen without one, and goes when it is taken away', async () => {
    await choose(ngrok, 'token');
    await choose({ kind: 'ngrok', domain: 'a.example.test' });
    expect(newest().secret).toBe('token');
    expect((await tunnel.view(null)).secret).toBe('file');
    await choose(ngrok, null);
    expect(newest().secret).toBeNull();
    expect((await tunnel.view(null)).secret).toBe('none');
  });

  test('of one service is never shown to another', async () => {
    await choose(ngrok, 'token');
    await choose({ kind: 'cloudflared', mode: 'named', publicUrl: 'https://a.example.test' });
    expect(newest().secret).toBeNull();
    // It is kept no longer than its service is used.
    await choose(ngrok);
    expect(newest().secret).toBeNull();
  });

  test('of the plan that stays is kept when the store does not take another plan', async () => {
    await choose(ngrok, 'token');
    db.pragma('query_only = on');
    await expect(tunnel.set({ plan: quick })).rejects.toThrow('readonly');
    db.pragma('query_only = off');
    expect((await tunnel.view(null)).plan).toEqual(ngrok);
    tunnel.restart();
    await settle();
    expect(newest()).toMatchObject({ plan: ngrok, secret: 'token' });
  });

  test('that the keyring does not give out is a trouble of its own', async () => {
    const keyring = {
      seal: () => Promise.resolve(new Uint8Array([1])),
      open: () => Promise.reject(new Error('locked')),
    };
    secrets = new TunnelSecrets(folder, keyring);
    tunnel = create();
    await choose(ngrok, 'token');
    expect(tunnel.state).toMatchObject({ state: 'down', trouble: { code: 'secret-unreadable' } });
    expect(attempts).toEqual([]);
  });

  test('that the keyring asks a person for is waited for, and asked for once', async () => {
    let unlock: (text: string) => void = () => undefined;
    let asked = 0;
    secrets = new TunnelSecrets(folder, {
      seal: () => Promise.resolve(new Uint8Array([1])),
      open: () => {
        asked += 1;
        return new Promise((resolve) => {
          unlock = resolve;
        });
      },
    });
    tunnel = create();
    await choose(ngrok, 'token');
    await pass(200);
    expect(tunnel.state).toMatchObject({ state: 'down', trouble: { code: 'secret-unreadable' } });
    expect(asked).toBe(1);
    unlock('token');
    await pass(61);
    expect(newest().secret).toBe('token');
  });
});

describe('a changed address', () => {
  test('leaves the former one in sight, over a restart, until the person has pasted the new one', async () => {
    await choose(quick);
    newest().onUp('https://a.trycloudflare.com');
    plans.noteProven();
    await pass(100);
    newest().onUp('https://b.trycloudflare.com');
    const former = [{ url: 'https://a.trycloudflare.com', until: 1_800_000_000_000 + seconds * 1000 }];
    expect(tunnel.state?.formerUrls).toEqual(former);
    plans = new TunnelPlanStore(db);
    tunnel = create();
    tunnel.tick();
    await settle();
    newest().onUp('https://b.trycloudflare.com');
    expect(tunnel.state?.formerUrls).toEqual(former);
    changes = 0;
    tunnel.addressPasted();
    expect([tunnel.state?.formerUrls, changes]).toEqual([[], 1]);
    newest().onUp('https://b.trycloudflare.com');
    expect(tunnel.state?.formerUrls).toEqual([]);
  });
});
