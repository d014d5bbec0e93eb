import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRemovals, thinkAgainMs } from '../../../renderer/sources/removals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a source is removed when nobody thought again, once', async () => {
  const remove = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve());
  const removals = createRemovals(remove);
  removals.start('cm-main');
  removals.start('cm-main');
  expect(removals.pending().has('cm-main')).toBe(true);
  await vi.advanceTimersByTimeAsync(thinkAgainMs - 1);
  expect(remove).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(remove.mock.calls).toEqual([['cm-main']]);
  expect(removals.pending().size).toBe(0);
});

test('a source that is kept is not removed, and everybody hears of it', async () => {
  const remove = vi.fn<(id: string) => Promise<void>>(() => Promise.resolve());
  const removals = createRemovals(remove);
  const heard = vi.fn<() => void>();
  removals.subscribe(heard);
  removals.start('cm-main');
  removals.keep('cm-main');
  await vi.advanceTimersByTimeAsync(thinkAgainMs * 2);
  expect(remove).not.toHaveBeenCalled();
  expect(removals.pending().size).toBe(0);
  expect(heard).toHaveBeenCalledTimes(2);
});
