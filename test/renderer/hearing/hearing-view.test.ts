import { describe, expect, test } from 'vitest';
import { emptinessOf } from '../../../renderer/alerts/EmptyList.tsx';
import { hearingView } from '../../../renderer/hearing/hearing-view.ts';
import { disconnected, fromSnapshot, type LiveState } from '../../../renderer/live-state.ts';
import { createFakeBridge, type FakeOptions } from '../fake-bridge.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);

async function liveOf(scene: FakeOptions['scene']): Promise<LiveState> {
  const reply = await createFakeBridge({ scene, now }).watch({});
  return reply.ok ? fromSnapshot(disconnected, reply.result) : { ...disconnected, link: 'unreachable' };
}

describe('the hearing bar', () => {
  test('says where it listens and when the newest delivery of any source came', async () => {
    expect(hearingView(await liveOf('usual'))).toEqual({
      kind: 'listening',
      address: '127.0.0.1:9797',
      lastDeliveryAt: now - 180_000,
    });
  });

  test('lists every cause when deaf', async () => {
    expect(hearingView(await liveOf('deaf'))).toEqual({
      kind: 'deaf',
      causes: ['port-taken', 'store-not-writable'],
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
