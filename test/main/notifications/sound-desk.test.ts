import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type PlaySound, SoundDesk } from '../../../main/notifications/sound-desk.ts';
import { sampleNow } from '../../fakes/sample-alert.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: sampleNow });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(play: PlaySound | null, given: { sounds?: boolean; volume?: number } = {}) {
  const asked: string[] = [];
  const settings = { sounds: true, volume: 60, ...given };
  const desk = new SoundDesk({
    settings: () => settings,
    play:
      play === null
        ? null
        : (name, volume) => {
            asked.push(`${name} ${volume}`);
            return play(name, volume);
          },
    now: () => Date.now(),
  });
  return { desk, asked, settings };
}

const never = (): Promise<never> => new Promise(() => undefined);

test('a page that does not confirm within two seconds is missed, and not before', async () => {
  const { desk, asked } = setUp(never);
  const { inToast, missed } = desk.start('critical');
  expect(inToast).toBeNull();
  let known: string | null = null;
  void missed.then((name) => {
    known = name;
  });
  await vi.advanceTimersByTimeAsync(1999);
  expect(known).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  expect(known).toBe('critical');
  expect(asked).toEqual(['critical 60']);
});

test('a page that breaks is as good as one that does not answer', async () => {
  const { desk } = setUp(() => Promise.reject(new Error('crashed')));
  await expect(desk.start('medium').missed).resolves.toBe('medium');
});

test('a page that failed is asked again after ten minutes, or after a preview that was heard', async () => {
  let outcome: 'played' | 'no-device' = 'no-device';
  const { desk, asked } = setUp(() => Promise.resolve(outcome));
  await desk.start('critical').missed;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(desk.start('critical').inToast).toBe('critical');
  expect(asked).toHaveLength(1);
  outcome = 'played';
  expect(await desk.preview('medium')).toBe('played');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(desk.start('critical').inToast).toBeNull();
  outcome = 'no-device';
  await vi.advanceTimersByTimeAsync(10_000);
  await desk.start('critical').missed;
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(desk.start('critical').inToast).toBeNull();
});

test('what comes within five seconds sounds with it, unless it is louder', async () => {
  const { desk, asked } = setUp(() => Promise.resolve('played'));
  for (const name of ['medium', 'medium', 'critical', 'medium', 'critical'] as const) desk.start(name);
  expect(asked).toEqual(['medium 60', 'critical 60']);
  await vi.advanceTimersByTimeAsync(5000);
  desk.start('medium');
  expect(asked).toHaveLength(3);
});

test.each([{ sounds: false }, { volume: 0 }])(
  'muted by %o nothing sounds, not even a preview',
  async (given) => {
    const { desk, asked } = setUp(() => Promise.resolve('played'), given);
    const { inToast, missed } = desk.start('critical');
    expect([inToast, await missed, await desk.preview('critical')]).toEqual([null, null, 'muted']);
    expect(asked).toEqual([]);
  },
);

test('without a desktop nothing sounds, and no toast is told to', async () => {
  const { desk } = setUp(null);
  const { inToast, missed } = desk.start('critical');
  expect([inToast, await missed]).toEqual([null, null]);
});
