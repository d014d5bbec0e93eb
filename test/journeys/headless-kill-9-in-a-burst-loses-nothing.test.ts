import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolder } from '../fakes/headless-app.ts';
import { callback } from '../fakes/test-app.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = new DataFolder();
});
afterEach(() => folder.remove());

const burst = 500;
const atOnce = 32;

/** The number of each delivery that was answered with 200, by the name in its body. */
async function sendBurst(url: string, killAfter: number, kill: () => void): Promise<Map<string, string>> {
  const answered = new Map<string, string>();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < burst) {
      const name = `burst-${next}`;
      next += 1;
      try {
        const answer = await fetch(url, callback({ name, at: 1_790_000_000_000 + next }));
        if (answer.status === 200)
          answered.set(name, ((await answer.json()) as { delivery: string }).delivery);
      } catch {
        // It is dead; nothing was promised.
      }
      if (answered.size === killAfter) kill();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  return answered;
}

test.each([40, 150, 300])(
  'killed after %i of 500 deliveries: each one that got 200 is there afterwards, exactly once',
  async (killAfter) => {
    const app = await folder.start();
    const { localUrl } = await app.addSource();
    let killed: Promise<unknown> | undefined;
    const answered = await sendBurst(localUrl, killAfter, () => {
      killed ??= app.end('SIGKILL');
    });
    await killed;
    expect(answered.size).toBeGreaterThanOrEqual(killAfter);
    expect(answered.size).toBeLessThan(burst);

    const again = await folder.start();
    const deliveries = await again.deliveries();
    const ids = deliveries.map(({ id }) => id as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(answered.values()).size).toBe(answered.size);
    expect([...answered.values()].filter((id) => !ids.includes(id))).toEqual([]);
    const alerts = await again.alerts();
    const names = alerts.map(({ labels }) => labels['alertName'] ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect([...answered.keys()].filter((name) => !names.includes(name))).toEqual([]);
    // Every delivery that is there made its alert: nothing is half applied.
    expect(deliveries.every(({ verdict, alertIds }) => verdict === 'opened' && alertIds.length === 1)).toBe(
      true,
    );
    expect(alerts).toHaveLength(deliveries.length);

    // The senders of the others come again: now all are there, still exactly once.
    const [source] = await again.call('listSources', {});
    const address = await again.call('sourceAddress', { id: source?.id ?? '' });
    const rest = await sendBurst(address.localUrl, Number.POSITIVE_INFINITY, () => undefined);
    expect(rest.size).toBe(burst);
    const all = await again.alerts();
    expect(all).toHaveLength(burst);
    expect(all.every(({ count }) => count === 1)).toBe(true);
  },
);
