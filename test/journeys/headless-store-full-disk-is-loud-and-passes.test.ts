import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DataFolder } from '../fakes/headless-app.ts';
import { callback } from '../fakes/test-app.ts';
import { until } from '../fakes/until.ts';

/** A disk of 48 MB of our own; null where nobody lets us mount one. */
function mountSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const disk = mkdtempSync(path.join(tmpdir(), 'toc-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk], { stdio: 'ignore' });
    return disk;
  } catch {
    rmSync(disk, { recursive: true });
    return null;
  }
}

/** Until nothing fits any more. */
function fill(ballast: string): void {
  for (let bytes = 1024 * 1024; bytes >= 4096; ) {
    try {
      appendFileSync(ballast, Buffer.alloc(bytes));
    } catch {
      bytes /= 2;
    }
  }
}

test('a full disk: 503 and loud, nothing answered with 200 is missing, and it hears again by itself', async (context) => {
  const disk = mountSmallDisk();
  if (disk === null) {
    context.skip('needs root on Linux and the right to mount a tmpfs');
    return;
  }
  const folder = new DataFolder();
  try {
    const dataDir = path.join(disk, 'data');
    const app = await folder.start('--data-dir', dataDir);
    const { localUrl } = await app.addSource();
    const stored: string[] = [];
    const send = async (name: string): Promise<Response> => {
      const answer = await fetch(localUrl, callback({ name }));
      if (answer.status === 200) stored.push(((await answer.json()) as { delivery: string }).delivery);
      return answer;
    };
    expect((await send('before')).status).toBe(200);

    const ballast = path.join(disk, 'ballast');
    fill(ballast);
    // Pages that the store has taken already may still serve for a few.
    const refused = await until(async () => {
      const answer = await send(`while-full-${stored.length}`);
      return answer.status === 200 ? null : answer;
    }, 20_000);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const deaf = await app.call('health', {});
    expect(deaf.hearing.state).toBe('deaf');
    expect(deaf.hearing.causes.map(({ code }) => code)).toContain('store-not-writable');
    // What can be asked can still be asked, and what cares for the store harms nothing.
    await expect(app.call('getStorage', {})).resolves.toMatchObject({ deliveries: stored.length });
    await expect(app.call('addNote', { id: 'A1', text: 'noted' })).rejects.toThrow('store-not-writable');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(app.hasEnded).toBe(false);

    rmSync(ballast);
    await until(async () => (await app.call('health', {})).hearing.state === 'hearing', 10_000);
    expect((await send('after')).status).toBe(200);
    await app.end('SIGKILL');
    const again = await folder.start('--data-dir', dataDir);
    expect((await again.deliveries()).map(({ id }) => id).toReversed()).toEqual(stored);
    expect((await again.call('health', {})).notices).toEqual([]);
    await again.end('SIGTERM');
  } finally {
    await folder.remove();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
});
