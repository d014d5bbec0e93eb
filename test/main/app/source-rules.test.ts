// The rules of a source through the real doors: set over the control socket, felt by the next delivery.
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Desktop } from '../../../main/app-parts.ts';
import type { TrayFace } from '../../../main/tray/tray-view.ts';
import type { BridgeResult } from '../../../shared/bridge.ts';
import { refusalText } from '../../../shared/text/refusal-text.ts';
import type { SourceChanges, SourceWithAddress } from '../../../shared/source.ts';
import { fakeDesktop } from '../../fakes/fake-desktop.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

const hour = 3_600_000;
let dataDir: string;
let app: TestApp;
let source: SourceWithAddress;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  app = await TestApp.start({ dataDir });
  source = await app.addSource();
});
afterEach(async () => {
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const change = (changes: SourceChanges) => app.call('updateSource', { id: source.id, changes });
const newest = async () => {
  const [delivery] = (await app.call('listDeliveries', { limit: 1 })).deliveries;
  if (delivery === undefined) throw new Error('Nothing was delivered.');
  return delivery;
};
const sourceNow = async (): Promise<BridgeResult<'listSources'>[number]> => {
  const found = (await app.call('listSources', {})).find(({ id }) => id === source.id);
  if (found === undefined) throw new Error('The source is gone.');
  return found;
};
/** The path stays, the port may be another one after a restart. */
const at = (url: string): string => `${app.app.webhookUrl}${new URL(url).pathname}`;
const post = (url: string, name: string, headers: Record<string, string> = {}): Promise<Response> => {
  const request = callback({ name });
  return fetch(at(url), {
    ...request,
    headers: { ...(request.headers as Record<string, string>), ...headers },
  });
};

/** The app is stopped, time passes in the store, the app starts again. */
async function restartAfter(sql: string): Promise<void> {
  await app.app.stop();
  const db = new Database(join(dataDir, 'tocsin.db'));
  db.exec(sql);
  db.close();
  await app.start();
}

test('the priority map is asked for the next delivery, and its default stays to be shown', async () => {
  await post(source.localUrl, 'before');
  const changed = await change({ priorityMap: { critical: 'low' } });
  expect(changed.priorityMap).toEqual({ CRITICAL: 'low' });
  expect(changed.defaultPriorityMap).toEqual(source.priorityMap);
  await post(source.localUrl, 'after');
  const { alerts } = await app.call('listAlerts', {});
  expect(alerts.map(({ title, priority }) => `${title.split(' ')[0]} ${priority}`).toSorted()).toEqual([
    'after low',
    'before critical',
  ]);
  await expect(change({ priorityMap: { ' ': 'low' } })).rejects.toThrow(refusalText.en.emptyWord);
});

describe('a rotated secret', () => {
  test('opens the door beside the old one over a restart, and one sees who still uses the old one', async () => {
    const rotated = await app.call('rotateSecret', { id: source.id });
    expect(rotated.secret).not.toBe(source.secret);
    expect(rotated.localUrl).toContain(rotated.secret);
    expect(rotated.oldSecret?.until).toBeGreaterThan(Date.now() + 23 * hour);
    await app.restart();
    expect((await app.call('sourceAddress', { id: source.id })).secret).toBe(rotated.secret);

    expect((await post(rotated.localUrl, 'new')).status).toBe(200);
    expect((await newest()).reason).toBe('opened');
    expect((await sourceNow()).oldSecret).toMatchObject({ lastUsedAt: null, lastUsedBy: null });

    expect((await post(source.localUrl, 'old', { 'user-agent': 'Monitor/2.0' })).status).toBe(200);
    expect((await newest()).reason).toBe('opened, old-secret');
    expect((await sourceNow()).oldSecret).toMatchObject({
      lastUsedAt: expect.any(Number),
      lastUsedBy: 'Monitor/2.0',
    });
    await app.call('updateSettings', { changes: { forwardedHeader: 'x-real-ip' } });
    await post(source.localUrl, 'old', { 'x-real-ip': '47.91.2.3' });
    expect((await sourceNow()).oldSecret).toMatchObject({ lastUsedBy: '47.91.2.3' });
    await app.restart();
    expect((await sourceNow()).oldSecret).toMatchObject({ lastUsedBy: '47.91.2.3' });
  });

  test('ends the old one after its day, and rotating again ends it at once', async () => {
    await app.call('rotateSecret', { id: source.id });
    const second = await app.call('rotateSecret', { id: source.id });
    expect((await post(source.localUrl, 'oldest')).status).toBe(404);
    await restartAfter('UPDATE sources SET old_secret_until = 1');
    expect((await post(second.localUrl, 'current')).status).toBe(200);
    await until(async () => (await sourceNow()).oldSecret === null, 5000);
    await app.app.stop();
    const db = new Database(join(dataDir, 'tocsin.db'));
    expect(db.prepare('SELECT old_secret_hash FROM sources').pluck().get()).toBeNull();
    db.close();
    await app.start();
  });

  test('is gone with its source', async () => {
    const rotated = await app.call('rotateSecret', { id: source.id });
    await app.call('removeSource', { id: source.id });
    for (const url of [source.localUrl, rotated.localUrl]) expect((await post(url, 'x')).status).toBe(404);
  });
});

describe('closing by time', () => {
  const anHourPasses = `UPDATE alerts SET last_event_at = last_event_at - ${hour}`;
  const alert = async () => {
    const [one] = (await app.call('listAlerts', { states: ['open', 'acknowledged', 'snoozed', 'resolved'] }))
      .alerts;
    if (one === undefined) throw new Error('There is no alert.');
    return app.call('getAlert', { id: one.id });
  };

  test('happens when the time passed while the app was not running, and is marked', async () => {
    await post(source.localUrl, 'cpu');
    await change({ closeAfterMinutes: 60 });
    await restartAfter(anHourPasses);
    await until(async () => (await alert()).state === 'resolved', 5000);
    const closed = await alert();
    expect(closed).toMatchObject({ state: 'resolved', resolvedBy: 'time' });
    // Behind it may stand why there was no toast.
    expect(closed.timeline.find(({ kind }) => kind === 'resolved')).toMatchObject({
      reason: 'closed-by-time',
      text: '60',
    });
  });

  test('never happens without a rule, and at once with one', async () => {
    await post(source.localUrl, 'cpu');
    await restartAfter(anHourPasses);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await alert()).state).toBe('open');
    await change({ closeAfterMinutes: 61 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await alert()).state).toBe('open');
    await change({ closeAfterMinutes: 60 });
    await until(async () => (await alert()).state === 'resolved', 5000);
  });
});

describe('the address of the sender', () => {
  const listed = '47.91.2.3';
  const stranger = '203.0.113.9';
  beforeEach(async () => {
    await app.call('updateSettings', { changes: { forwardedHeader: 'x-forwarded-for' } });
    await change({ allowList: { mode: 'hint', addresses: ['47.91.0.0/16'] } });
  });
  const from = (...chain: string[]) => ({ 'x-forwarded-for': chain.join(', ') });

  test('is the one that the nearest proxy names, and only of the header that was chosen', async () => {
    await post(source.localUrl, 'cpu', { ...from(stranger, `::ffff:${listed}`), 'x-real-ip': stranger });
    expect(await newest()).toMatchObject({ remoteAddress: listed, reason: 'opened' });
    await app.call('updateSettings', { changes: { forwardedHeader: 'none' } });
    await post(source.localUrl, 'disk', from(stranger));
    expect(await newest()).toMatchObject({ remoteAddress: '127.0.0.1', reason: 'opened' });
  });

  test('that is not listed is a hint beside the delivery', async () => {
    expect((await post(source.localUrl, 'cpu', from(listed, stranger))).status).toBe(200);
    expect(await newest()).toMatchObject({
      remoteAddress: stranger,
      verdict: 'opened',
      reason: 'opened, address-not-listed',
    });
  });

  test('that is not on the wall is answered like a stranger, with nothing; what it brought is kept', async () => {
    await change({ allowList: { mode: 'wall', addresses: ['47.91.0.0/16'] } });
    const stranded = await fetch(`${source.localUrl}x`, { method: 'POST', body: 'x' });
    for (const headers of [from(listed, stranger), from(''), from(listed, 'rubbish'), {}]) {
      const reply = await post(source.localUrl, 'cpu', headers);
      expect([reply.status, await reply.text()]).toEqual([404, '']);
      expect([...reply.headers.keys()]).toEqual([...stranded.headers.keys()]);
      const kept = await newest();
      expect(kept).toMatchObject({ verdict: 'ignored', reason: 'address-refused', alertIds: [] });
      expect((await app.call('getDelivery', { id: kept.id })).body).toContain('alertName=cpu');
    }
    expect((await fetch(source.localUrl, { headers: from(stranger) })).status).toBe(404);
    const tooLarge = { method: 'POST', body: new Uint8Array(2 * 1024 * 1024), headers: from(stranger) };
    await expect(
      fetch(source.localUrl, tooLarge).then(
        ({ status }) => status,
        () => 404,
      ),
    ).resolves.toBe(404);
    await until(async () => (await newest()).reason.includes('too-large'));
    expect(await newest()).toMatchObject({ verdict: 'ignored', reason: 'address-refused, too-large' });
    expect((await app.call('listAlerts', {})).alerts).toEqual([]);
    expect((await post(source.localUrl, 'cpu', from(stranger, listed))).status).toBe(200);
    expect((await newest()).verdict).toBe('opened');
  });

  test('behind a wall is this computer’s own when nobody is named', async () => {
    await change({ allowList: { mode: 'wall', addresses: ['127.0.0.1'] } });
    expect((await post(source.localUrl, 'cpu')).status).toBe(200);
    expect((await post(source.localUrl, 'cpu', from(listed))).status).toBe(404);
    expect((await post(source.localUrl, 'cpu', from('rubbish'))).status).toBe(404);
    await app.call('sendTestAlert', { sourceId: source.id });
    await change({ allowList: { mode: 'wall', addresses: [listed] } });
    await expect(app.call('sendTestAlert', { sourceId: source.id })).rejects.toThrow('address-refused');
  });

  test('is not believed at a bare port of ssh, where only the sender can have written the header', async () => {
    const bare = {
      kind: 'ssh',
      service: 'own-host',
      user: null,
      host: '192.0.2.1',
      port: 22,
      identityFile: null,
      // Without it nothing is started.
      hostKey: null,
      remotePort: 9797,
      publicUrl: null,
    } as const;
    await change({ allowList: { mode: 'wall', addresses: [listed] } });
    await expect(app.call('setTunnel', { plan: bare })).rejects.toThrow('would-lock-out');
    await change({ allowList: { mode: 'hint', addresses: [listed] } });
    await app.call('setTunnel', { plan: bare });
    await post(source.localUrl, 'cpu', from(listed));
    expect((await newest()).remoteAddress).toBe('127.0.0.1');
    await app.call('setTunnel', { plan: { ...bare, publicUrl: 'https://proxy.example' } });
    await post(source.localUrl, 'disk', from(listed));
    expect((await newest()).remoteAddress).toBe(listed);
  });

  test('may not be asked for by a wall that would be told none, in whichever order one tries', async () => {
    await change({ allowList: { mode: 'wall', addresses: [listed] } });
    await expect(
      app.call('updateSettings', { changes: { forwardedHeader: 'none', theme: 'dark' } }),
    ).rejects.toThrow(refusalText.en.headerOfWall('Night shift'));
    expect(await app.call('getSettings', {})).toMatchObject({
      forwardedHeader: 'x-forwarded-for',
      theme: 'system',
    });
    await change({ allowList: { mode: 'hint', addresses: [listed] } });
    await app.call('updateSettings', { changes: { forwardedHeader: 'none' } });
    await expect(change({ allowList: { mode: 'wall', addresses: [listed] } })).rejects.toThrow(
      refusalText.en.wallWithoutHeader,
    );
    expect((await sourceNow()).allowList.mode).toBe('hint');
  });

  test('is said no to in the language of the person', async () => {
    await app.call('updateSettings', { changes: { language: 'zh-CN' } });
    await expect(change({ allowList: { mode: 'hint', addresses: ['example.com'] } })).rejects.toThrow(
      refusalText['zh-CN'].notAnAddress('example.com'),
    );
  });
});

describe('while another program has the port', () => {
  let other: Server;
  let heard: string;
  let copied: string[];
  let face: TrayFace | null;
  beforeEach(async () => {
    heard = '';
    copied = [];
    face = null;
    other = createServer((socket) => socket.on('data', (data) => (heard += data.toString())));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await app.app.stop();
    app = await TestApp.start({ dataDir, port, desktop: desktop() });
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  const desktop = (): Desktop =>
    fakeDesktop({
      tray: {
        render: (look) => {
          face = look();
        },
      },
      copyText: (text) => Promise.resolve(void copied.push(text)),
    });
  const isEnabled = (kind: 'send-test-alert' | 'copy-webhook-url'): boolean =>
    (face?.menu ?? []).some((item) => item.type === 'action' && item.action.kind === kind && item.enabled);

  test('no test alert carries the secret there, from whichever door it is asked for', async () => {
    expect((await app.call('health', {})).hearing.causes).toMatchObject([{ code: 'port-taken' }]);
    for (const argument of [{}, { sourceId: source.id }]) {
      await expect(app.call('sendTestAlert', argument)).rejects.toThrow(
        `not-listening: ${refusalText.en.test['not-listening']}`,
      );
    }
    app.app.actOnTray({ kind: 'send-test-alert' });
    expect(isEnabled('send-test-alert')).toBe(false);
    expect(app.app.tryIt()).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).toBe('');
  });

  test('the address can still be copied, to be pasted into a monitor', async () => {
    expect(isEnabled('copy-webhook-url')).toBe(true);
    app.app.actOnTray({ kind: 'copy-webhook-url' });
    await until(() => copied.length > 0);
    expect(copied[0]).toContain(source.secret);
  });

  test('all of it is back as soon as the port is ours', async () => {
    await new Promise((resolve) => other.close(resolve));
    await until(async () => (await app.call('health', {})).hearing.state === 'hearing', 8000);
    expect(isEnabled('send-test-alert')).toBe(true);
    expect(app.app.tryIt()?.curl).toContain(source.secret);
    await expect(app.call('sendTestAlert', {})).resolves.toMatchObject({
      delivery: expect.stringMatching(/^D/),
    });
  });
});

describe('the levels of the newest deliveries', () => {
  test('are what each of them fired with, also while the source is paused; recoveries have none', async () => {
    const send = (name: string, state: 'firing' | 'recovered', level: string): Promise<Response> =>
      fetch(at(source.localUrl), callback({ name, state, level }));
    await send('one', 'firing', 'WARN');
    await send('one', 'recovered', 'OK');
    await change({ paused: true });
    await send('two', 'firing', 'CRITICAL');
    const levels = await app.call('sourceLevels', { id: source.id });
    expect(levels.map(({ fired }) => fired)).toEqual([
      [{ level: 'CRITICAL', noData: false }],
      [],
      [{ level: 'WARN', noData: false }],
    ]);
  });
});
