import { describe, expect, test } from 'vitest';
import { emptinessOf } from '../../../renderer/alerts/EmptyList.tsx';
import { hearingView } from '../../../renderer/hearing/hearing-view.ts';
import { disconnected, fromSnapshot, type LiveState } from '../../../renderer/live-state.ts';
import { canCall } from '../../../renderer/setup/FirstRun.tsx';
import { createFakeBridge, type FakeOptions } from '../fake-bridge.ts';
import { fakeTunnel } from '../fake-reach.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);

async function liveOf(scene: FakeOptions['scene'], more: Partial<FakeOptions> = {}): Promise<LiveState> {
  const reply = await createFakeBridge({ scene, now, ...more }).watch({});
  return reply.ok ? fromSnapshot(disconnected, reply.result) : { ...disconnected, link: 'unreachable' };
}

describe('the hearing bar', () => {
  test('says where it listens and when the newest delivery of any source came', async () => {
    expect(hearingView(await liveOf('usual'))).toEqual({
      kind: 'listening',
      reach: { kind: 'local', address: '127.0.0.1:9797' },
      lastDeliveryAt: now - 180_000,
    });
  });

  test('names the public host and when it was proven; a miss is told before it is deafness', async () => {
    expect(hearingView(await liveOf('usual', { tunnel: fakeTunnel(now) }))).toMatchObject({
      reach: { kind: 'public', host: 'quiet-heron.ngrok-free.app', provenAt: now - 40_000, hasMissed: false },
    });
    const missed = fakeTunnel(now, { proof: { ...fakeTunnel(now).proof, misses: 2, finding: 'timeout' } });
    expect(hearingView(await liveOf('usual', { tunnel: missed }))).toMatchObject({
      kind: 'listening',
      reach: { hasMissed: true },
    });
  });

  test('shows the tunnel beside a cause that lies there, and not beside another', async () => {
    const tunnel = fakeTunnel(now, { state: 'down', publicUrl: null });
    const down = { state: 'deaf' as const, causes: [{ code: 'tunnel-down' as const, message: '' }] };
    expect(hearingView(await liveOf('usual', { tunnel, hearing: down }))).toEqual({
      kind: 'deaf',
      causes: ['tunnel-down'],
      tunnel,
    });
    expect(hearingView(await liveOf('deaf', { tunnel }))).toMatchObject({ tunnel: null });
  });

  test('lists every cause when deaf', async () => {
    expect(hearingView(await liveOf('deaf'))).toEqual({
      kind: 'deaf',
      causes: ['port-taken', 'store-not-writable'],
      tunnel: null,
    });
  });

  test('a first start is not an alarm', async () => {
    expect(hearingView(await liveOf('first-run')).kind).toBe('not-set-up');
  });

  test('a lost app is said, whatever was known before', async () => {
    expect(hearingView({ ...(await liveOf('usual')), link: 'unreachable' }).kind).toBe('unreachable');
  });
});

describe('an empty list', () => {
  test('is called quiet only while we hear', async () => {
    expect(emptinessOf(await liveOf('empty'), false, 0, false)).toBe('quiet');
    expect(emptinessOf(await liveOf('deaf'), false, 0, false)).toBe('cannot-hear');
    expect(emptinessOf(await liveOf('gone'), false, 0, false)).toBe('unknown');
  });

  test('a filter is blamed when it hides something', async () => {
    expect(emptinessOf(await liveOf('empty'), true, 4, false)).toBe('filtered');
    expect(emptinessOf(await liveOf('empty'), true, 0, true)).toBe('none-resolved');
  });
});

test('a sender in the cloud can call only where there is a way in; one on this computer always', async () => {
  const local = await liveOf('never-called');
  expect([canCall(local, 'cloudmonitor'), canCall(local, 'universal')]).toEqual([false, true]);
  expect(canCall(await liveOf('never-called', { tunnel: fakeTunnel(now) }), 'cloudmonitor')).toBe(true);
});
