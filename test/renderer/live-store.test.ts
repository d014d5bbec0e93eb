import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLiveStore } from '../../renderer/live-store.ts';
import type { BridgeReply, Push, Snapshot } from '../../shared/bridge.ts';
import { fakeAlert } from './fake-alerts.ts';
import { createFakeBridge } from './fake-bridge.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);

function setUp() {
  const bridge = createFakeBridge({ scene: 'usual', now });
  let watched = 0;
  let answer: () => Promise<BridgeReply<Snapshot>> = () => bridge.watch({});
  const store = createLiveStore(() => {
    watched += 1;
    return answer();
  }, bridge.onPush);
  return {
    bridge,
    store,
    watched: () => watched,
    answerWith: (next: () => Promise<BridgeReply<Snapshot>>) => {
      answer = next;
    },
  };
}

describe('the live store', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('begins with a snapshot and then follows pushes', async () => {
    const { bridge, store } = setUp();
    await vi.advanceTimersByTimeAsync(1);
    expect(store.state().link).toBe('live');
    bridge.fire(70);
    await vi.advanceTimersByTimeAsync(50);
    expect(store.state().alerts.has('A70')).toBe(true);
  });

  test('a change between asking and the answer is not lost', async () => {
    const bridge = createFakeBridge({ scene: 'usual', now });
    const early = await bridge.watch({});
    let release: (reply: BridgeReply<Snapshot>) => void = () => undefined;
    const store = createLiveStore(() => new Promise((resolve) => (release = resolve)), bridge.onPush);
    bridge.fire(70);
    await vi.advanceTimersByTimeAsync(50);
    expect(store.state().alerts.has('A70')).toBe(false);
    release(early);
    await vi.advanceTimersByTimeAsync(50);
    expect(store.state().alerts.has('A70')).toBe(true);
  });

  test('when everything may be different it asks for a new snapshot, whatever its revision', async () => {
    const { bridge, store, watched, answerWith } = setUp();
    await vi.advanceTimersByTimeAsync(1);
    const reply = await bridge.watch({});
    if (!reply.ok) throw new Error('The fake bridge refused.');
    answerWith(() => Promise.resolve({ ok: true, result: { ...reply.result, revision: 1, alerts: [] } }));
    bridge.push({ type: 'reload' });
    await vi.advanceTimersByTimeAsync(50);
    expect(watched()).toBe(2);
    expect(store.state().revision).toBe(1);
  });

  test('a gap in the revisions asks for a new snapshot', async () => {
    const { bridge, store, watched } = setUp();
    await vi.advanceTimersByTimeAsync(1);
    const push: Push = {
      type: 'changes',
      changes: [
        {
          revision: 9000,
          at: now,
          kind: 'opened',
          reason: '',
          cause: 'event',
          before: null,
          alert: fakeAlert(90, now),
        },
      ],
    };
    bridge.push(push);
    await vi.advanceTimersByTimeAsync(50);
    expect(watched()).toBe(2);
    expect(store.state().link).toBe('live');
  });

  test('an app that does not answer is said to be unreachable and asked again', async () => {
    const { store, answerWith, watched } = setUp();
    await vi.advanceTimersByTimeAsync(1);
    answerWith(() => Promise.resolve({ ok: false, error: { code: 'unreachable', message: '' } }));
    store.reload();
    await vi.advanceTimersByTimeAsync(1);
    expect(store.state().link).toBe('unreachable');
    expect(store.state().alerts.size).toBeGreaterThan(0);
    expect(watched()).toBe(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect(watched()).toBe(3);
  });

  test('an alert to show that came before the window was ready is shown on listening', async () => {
    const { bridge, store } = setUp();
    bridge.push({ type: 'show-alert', id: 'A41' });
    const shown: string[] = [];
    store.onShow((what) => {
      if (what.type === 'show-alert') shown.push(what.id);
      else shown.push(what.type === 'show-list' ? what.place : what.screen);
    });
    bridge.push({ type: 'show-alert', id: 'A40' });
    bridge.push({ type: 'show-list', place: 'open' });
    bridge.push({ type: 'show-screen', screen: 'way-in' });
    expect(shown).toEqual(['A41', 'A40', 'open', 'way-in']);
  });
});
