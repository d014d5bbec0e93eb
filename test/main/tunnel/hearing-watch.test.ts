// The watch on hearing as a whole, in simulated time.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Gap } from '../../../shared/coverage.ts';
import { SimulatedWorld } from '../../fakes/simulated-world.ts';

const start = Date.UTC(2026, 10, 21, 9);
let world: SimulatedWorld;
beforeEach(async () => {
  world = new SimulatedWorld(start);
  world.start();
  await world.run(60);
});
afterEach(() => world.dispose());

/** Cause, seconds from the start of the world, length in seconds, what was found later. */
const said = ({ cause, startedAt, endedAt, later }: Gap) => ({
  cause,
  from: Math.round((startedAt - start) / 1000),
  length: endedAt === null ? null : Math.round((endedAt - startedAt) / 1000),
  later: later.map((one) => one.cause),
});
/** Those after the one of the start. */
const gaps = () => world.gaps().slice(1).map(said);

describe('the ledger', () => {
  test('begins with the first source, and the start is in it', () => {
    expect(world.state).toBe('hearing');
    expect(world.gaps().map(said)).toEqual([{ cause: 'tunnel-starting', from: 1, length: 2, later: [] }]);
    const { since } = world.watch?.coverage(1, []) ?? {};
    expect(since).toBeGreaterThanOrEqual(start);
    expect(since).toBeLessThanOrEqual(start + 1000);
  });

  test('does not begin without a source', async () => {
    const empty = new SimulatedWorld(start);
    empty.sources = [];
    empty.start();
    await empty.run(600);
    expect(empty.causes).toEqual(['never-set-up']);
    expect(empty.gaps()).toEqual([]);
    empty.sources = [{ paused: false, lastDeliveryAt: null }];
    await empty.run(60);
    expect(empty.gaps()).toEqual([]);
    expect(empty.watch?.coverage(1, []).since).toBe(start + 601_000);
    empty.dispose();
  });
});

describe('what happens outside', () => {
  test('a tunnel that goes down is known at once, and its gap begins with the event', async () => {
    await world.run(100);
    world.change('tunnel', 1);
    await world.run(2);
    expect([world.state, world.causes]).toEqual(['deaf', ['tunnel-down']]);
    await world.run(98);
    world.change('tunnel', -1);
    await world.run(20);
    expect(world.state).toBe('hearing');
    expect(gaps()).toEqual([{ cause: 'tunnel-down', from: 161, length: 103, later: [] }]);
  });

  test('silence outside is known after three probes, and its gap begins with the last proof', async () => {
    await world.run(100);
    const proven = world.watch?.proof.reachedAt ?? 0;
    world.change('silent', 1);
    await world.run(100);
    expect([world.state, world.causes]).toEqual(['deaf', ['unreachable']]);
    expect(world.watch?.proof).toMatchObject({ finding: 'timeout', misses: 3 });
    await world.run(200);
    world.change('silent', -1);
    await world.run(60);
    expect(gaps()).toMatchObject([{ cause: 'unreachable', from: (proven - start) / 1000 }]);
    expect(gaps()[0]?.length).toBeGreaterThan(300);
  });

  test('a hiccup of one probe is nothing', async () => {
    world.change('silent', 1);
    await world.run(15);
    expect(world.watch?.proof.misses).toBe(1);
    world.change('silent', -1);
    await world.run(60);
    expect(world.thought.slice(60)).not.toContain('deaf');
    expect(gaps()).toEqual([]);
  });

  test("somebody else's page is known with the next probe", async () => {
    world.change('wrong', 1);
    await world.run(65);
    expect([world.state, world.causes]).toEqual(['deaf', ['wrong-answer']]);
  });

  test('a network that goes is known at once, though the tunnel still believes in itself', async () => {
    world.change('network', 1);
    await world.run(3);
    expect([world.state, world.causes]).toEqual(['deaf', ['no-network']]);
    await world.run(60);
    expect(world.causes).toEqual(['no-network']);
    world.change('network', -1);
    await world.run(20);
    expect(world.state).toBe('hearing');
    expect(gaps()).toMatchObject([{ cause: 'no-network', from: 60 }]);
  });

  test('a port that is taken is known at once', async () => {
    world.change('port', 1);
    expect([world.state, world.causes]).toEqual(['deaf', ['port-taken']]);
    world.change('port', -1);
    await world.run(5);
    expect(world.state).toBe('hearing');
    expect(gaps()).toMatchObject([{ cause: 'port-taken', later: [] }]);
  });

  test('a sender that comes in by the public address proves it', async () => {
    world.change('silent', 1);
    await world.run(200);
    expect(world.state).toBe('deaf');
    world.watch?.noteDelivery('127.0.0.1:9797');
    expect(world.state).toBe('deaf');
    world.watch?.noteDelivery('DEMO.example:443');
    expect(world.state).toBe('hearing');
    expect(gaps()).toMatchObject([{ cause: 'unreachable' }]);
  });

  test('off call the address is called every five minutes, on call every minute', async () => {
    let before = world.calls;
    await world.run(600);
    expect(world.calls - before).toBeGreaterThanOrEqual(9);
    world.isOnCall = false;
    before = world.calls;
    await world.run(3000);
    expect(world.calls - before).toBeLessThanOrEqual(11);
    world.isOnCall = true;
    before = world.calls;
    await world.run(62);
    expect(world.calls - before).toBeGreaterThanOrEqual(1);
  });

  test('a call that never ends is given up, and the next one is made', async () => {
    const never = new SimulatedWorld(start);
    never.start();
    await never.run(5);
    never.change('silent', 1);
    await never.run(61);
    // Its answer is held back for ever.
    never.sleep(false);
    await never.run(1);
    never.wake(false);
    never.change('silent', -1);
    await never.run(120);
    expect(never.state).toBe('hearing');
    never.dispose();
  });

  test('who is deaf stays deaf until something is heard, whatever is tried meanwhile', async () => {
    world.change('tunnel', 1);
    await world.run(5);
    world.change('tunnel', -1);
    const begun = world.thought.length;
    await world.run(20);
    expect(world.causes).toEqual([]);
    expect(new Set(world.thought.slice(begun))).toEqual(new Set(['deaf', 'hearing']));
  });

  test('a doubt that is older than the last gap does not make the next one overlap it', async () => {
    world.change('silent', 1);
    await world.run(15);
    expect(world.watch?.proof.misses).toBe(1);
    world.sources = [{ paused: true, lastDeliveryAt: null }];
    await world.run(3);
    world.sources = [{ paused: false, lastDeliveryAt: null }];
    await world.run(60);
    world.change('silent', -1);
    await world.run(60);
    const [paused, unreachable] = gaps();
    expect([paused?.cause, unreachable?.cause]).toEqual(['all-sources-paused', 'unreachable']);
    expect(unreachable?.from).toBe((paused?.from ?? 0) + (paused?.length ?? 0));
  });

  test('what the store does not take is written when it does again', async () => {
    world.db.pragma('query_only = 1');
    world.change('port', 1);
    await world.run(30);
    world.change('port', -1);
    await world.run(30);
    world.db.pragma('query_only = 0');
    await world.run(10);
    expect(world.db.prepare('SELECT cause FROM gaps ORDER BY id').pluck().all()).toEqual([
      'tunnel-starting',
      'port-taken',
    ]);
  });

  test.each(['crash', 'quit'] as const)(
    'what the store never took is in the ledger all the same after a %s',
    async (how) => {
      world.db.pragma('query_only = 1');
      world.change('port', 1);
      await world.run(600);
      world.end(how);
      world.change('port', -1);
      world.reopenStore();
      await world.run(10);
      world.start();
      await world.run(30);
      expect(gaps()).toMatchObject([{ from: 60 }]);
      expect(gaps()[0]?.length).toBeGreaterThanOrEqual(610);
    },
  );

  test('starting is no answer for ever', async () => {
    const slow = new SimulatedWorld(start);
    slow.change('silent', 1);
    slow.start();
    await slow.run(10);
    expect([slow.state, slow.causes]).toEqual(['starting', ['not-proven']]);
    await slow.run(55);
    expect(slow.state).toBe('deaf');
    slow.dispose();
  });
});

describe('sleep and standstill', () => {
  test.each([true, false])(
    'a sleep is one gap until the address is proven again; announced: %s',
    async (word) => {
      world.sleep(word);
      await world.run(3600);
      world.wake(word);
      await world.run(1);
      expect(world.state).toBe('starting');
      await world.run(20);
      expect(world.state).toBe('hearing');
      const [gap, ...others] = gaps();
      expect(others).toEqual([]);
      expect(gap).toMatchObject({ cause: 'asleep', from: 60, later: [] });
      expect(gap?.length).toBeGreaterThanOrEqual(3600);
      expect(gap?.length).toBeLessThan(3610);
    },
  );

  test('an address that stays where it is has to be proven again after a sleep', async () => {
    world.losesTunnelInSleep = false;
    world.sleep(false);
    await world.run(600);
    world.wake(false);
    world.change('silent', 1);
    await world.run(1);
    expect([world.state, world.causes]).toEqual(['starting', ['not-proven']]);
    await world.run(60);
    expect([world.state, world.causes]).toEqual(['deaf', ['unreachable']]);
    expect(gaps()).toMatchObject([{ cause: 'asleep', from: 60, later: ['unreachable'] }]);
  });

  test('a sleep too short for the clocks to show has the address called again', async () => {
    world.losesTunnelInSleep = false;
    const before = world.calls;
    world.sleep(true);
    await world.run(5);
    world.wake(true);
    expect(world.causes).toEqual(['not-proven']);
    expect(world.calls).toBe(before + 1);
    await world.run(2);
    expect(world.state).toBe('hearing');
  });

  test('what is found after a sleep stands in the same gap', async () => {
    world.sleep(false);
    world.change('network', 1);
    await world.run(3600);
    world.wake(false);
    await world.run(10);
    expect([world.state, world.causes]).toEqual(['starting', ['no-network']]);
    await world.run(20);
    expect(world.state).toBe('deaf');
    await world.run(60);
    world.change('network', -1);
    await world.run(30);
    // The network is back a moment before the tunnel.
    expect(gaps()).toMatchObject([{ cause: 'asleep', later: ['no-network', 'tunnel-down'] }]);
  });

  test('without a tunnel a sleep ends with the wake', async () => {
    world.hasTunnel = false;
    await world.run(10);
    world.sleep(false);
    await world.run(600);
    world.wake(false);
    await world.run(5);
    expect(gaps()).toEqual([{ cause: 'asleep', from: 70, length: 600, later: [] }]);
  });

  test('a process that stood still is a gap as well', async () => {
    world.freeze(true);
    await world.run(30);
    world.freeze(false);
    await world.run(10);
    expect(gaps()).toMatchObject([{ cause: 'frozen', from: 60, later: [] }]);
  });

  test('word of a sleep that does not come is no gap', async () => {
    world.watch?.noteSuspend();
    await world.run(120);
    expect(gaps()).toEqual([]);
  });
});

describe('when somebody sets the clock', () => {
  const day = 86_400_000;
  test.each([day, -day, 3_600_000, -3_600_000])('by %i ms while hearing, there is no gap', async (byMs) => {
    world.setClock(byMs);
    await world.run(600);
    expect(gaps()).toEqual([]);
    expect(world.state).toBe('hearing');
  });

  test.each([day, -day, 90_000, -90_000])('by %i ms within a gap, its length is true', async (byMs) => {
    world.change('tunnel', 1);
    await world.run(100);
    world.setClock(byMs);
    await world.run(100);
    world.change('tunnel', -1);
    await world.run(30);
    const [gap] = gaps();
    expect(gaps()).toHaveLength(1);
    expect(gap?.length).toBeGreaterThanOrEqual(200);
    expect(gap?.length).toBeLessThan(206);
    expect(gap?.from).toBe(61 + byMs / 1000);
  });

  test('back, what is over goes back as well instead of lying in the future', async () => {
    world.change('tunnel', 1);
    await world.run(100);
    world.change('tunnel', -1);
    await world.run(1000);
    const before = gaps();
    world.setClock(-day);
    await world.run(10);
    expect(gaps()).toMatchObject([{ length: before[0]?.length, from: (before[0]?.from ?? 0) - day / 1000 }]);
  });

  test('while Tocsin was off in a gap, its length is true', async () => {
    for (const byMs of [day, -day]) {
      world.change('tunnel', 1);
      await world.run(100);
      world.end('quit');
      world.setClock(byMs);
      await world.run(100);
      world.start();
      await world.run(100);
      world.change('tunnel', -1);
      await world.run(30);
      expect(gaps().at(-1)).toMatchObject({ cause: 'tunnel-down' });
      expect(gaps().at(-1)?.length).toBeGreaterThanOrEqual(300);
      expect(gaps().at(-1)?.length).toBeLessThan(306);
    }
  });

  test('back in a sleep, soon after another gap, both keep their length', async () => {
    world.change('tunnel', 1);
    await world.run(100);
    world.change('tunnel', -1);
    await world.run(30);
    const before = gaps();
    world.sleep(false);
    await world.run(7200);
    world.setClock(-3_600_000);
    world.wake(false);
    await world.run(30);
    const [down, asleep] = gaps();
    expect(down?.length).toBe(before[0]?.length);
    expect(asleep?.cause).toBe('asleep');
    expect(asleep?.length).toBeGreaterThanOrEqual(7200);
  });

  test.each([true, false])(
    'back while Tocsin was off, no gap overlaps another; a new start: %s',
    async (boots) => {
      world.change('tunnel', 1);
      await world.run(100);
      world.change('tunnel', -1);
      await world.run(30);
      world.end('quit');
      world.setClock(-day);
      await world.run(50);
      if (boots) world.boot();
      world.start();
      await world.run(30);
      let end = Number.NEGATIVE_INFINITY;
      for (const { startedAt, endedAt } of world.gaps()) {
        expect(startedAt).toBeGreaterThanOrEqual(end);
        end = endedAt ?? Number.POSITIVE_INFINITY;
        expect(end).toBeGreaterThanOrEqual(startedAt);
        expect(end).toBeLessThanOrEqual(world.now());
      }
      expect(gaps().at(-1)).toMatchObject({ cause: 'quit' });
    },
  );
});

test('who has stopped leaves no other word of it when the computer sleeps and wakes', async () => {
  const { watch } = world;
  watch?.stop();
  const before = readFileSync(path.join(world.dataDir, 'alive.json'), 'utf8');
  await world.run(60);
  const { calls } = world;
  watch?.noteSuspend();
  watch?.noteResume();
  watch?.noteShutdown();
  expect(readFileSync(path.join(world.dataDir, 'alive.json'), 'utf8')).toBe(before);
  expect(world.calls).toBe(calls);
  expect(world.faultsReported).toEqual([]);
});

describe('between two runs', () => {
  const restart = async (how: 'crash' | 'quit', offSeconds: number): Promise<void> => {
    world.end(how);
    world.reopenStore();
    await world.run(offSeconds);
    world.start();
    await world.run(30);
  };

  test('quitting is a gap until the address is proven again', async () => {
    await restart('quit', 300);
    expect(gaps()).toMatchObject([{ cause: 'quit', from: 60, later: [] }]);
    expect(gaps()[0]?.length).toBeGreaterThanOrEqual(302);
    expect(gaps()[0]?.length).toBeLessThan(310);
  });

  test('a crash begins with the last sign of life', async () => {
    await restart('crash', 300);
    expect(gaps()).toMatchObject([{ cause: 'crashed', later: [] }]);
    expect(gaps()[0]?.from).toBeGreaterThanOrEqual(50);
    expect(gaps()[0]?.from).toBeLessThanOrEqual(60);
  });

  test('another version is an update', async () => {
    world.version = '1.1.0';
    await restart('quit', 20);
    expect(gaps()).toMatchObject([{ cause: 'updated', from: 60 }]);
  });

  test('a computer that was off', async () => {
    world.end('crash');
    await world.run(600);
    world.boot();
    await world.run(60);
    world.start();
    await world.run(30);
    expect(gaps()).toMatchObject([{ cause: 'computer-off' }]);
  });

  test('one that was shut down says so, though Tocsin ended in order', async () => {
    world.watch?.noteShutdown();
    world.end('quit');
    await world.run(600);
    world.boot();
    world.start();
    await world.run(30);
    expect(gaps()).toMatchObject([{ cause: 'computer-off', from: 60 }]);
  });

  test('what goes down while quitting is no news', async () => {
    const { watch } = world;
    watch?.stop();
    watch?.learn({ listener: 'down' });
    world.change('tunnel', 1);
    await world.run(30);
    world.change('tunnel', -1);
    world.end('crash');
    await world.run(100);
    world.start();
    await world.run(30);
    expect(gaps()).toMatchObject([{ cause: 'quit', from: 60, later: [] }]);
  });

  test('a gap that was open when Tocsin ended goes on', async () => {
    world.change('tunnel', 1);
    await world.run(100);
    await restart('crash', 100);
    world.change('tunnel', -1);
    await world.run(30);
    expect(gaps()).toMatchObject([{ cause: 'tunnel-down', from: 61, later: ['crashed', 'tunnel-down'] }]);
    expect(gaps()[0]?.length).toBeGreaterThan(225);
  });

  test('what was in doubt when it ended belongs to the gap', async () => {
    await world.run(59);
    const proven = ((world.watch?.proof.reachedAt ?? 0) - start) / 1000;
    world.change('silent', 1);
    await world.run(40);
    expect(world.state).toBe('hearing');
    world.change('silent', -1);
    await restart('quit', 30);
    expect(gaps()).toMatchObject([{ cause: 'quit' }]);
    expect(gaps()[0]?.from).toBe(Math.floor(proven));
  });

  test('without a sign of life, the store knows when something was heard last', async () => {
    world.sources = [{ paused: false, lastDeliveryAt: start + 40_000 }];
    await world.run(100);
    world.end('crash');
    rmSync(path.join(world.dataDir, 'alive.json'));
    await world.run(100);
    world.start();
    await world.run(30);
    expect(gaps()).toMatchObject([{ cause: 'crashed', from: 40 }]);
  });

  test('the sign of life holds no secret and is small', async () => {
    const text = readFileSync(path.join(world.dataDir, 'alive.json'), 'utf8');
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      'at',
      'uptime',
      'boot',
      'process',
      'version',
      'end',
    ]);
    writeFileSync(path.join(world.dataDir, 'alive.json'), 'x'.repeat(100));
    await world.run(11);
    expect(readFileSync(path.join(world.dataDir, 'alive.json'), 'utf8').length).toBeLessThan(200);
  });
});

test('nothing of all this is a fault', async () => {
  world.sleep(true);
  await world.run(60);
  world.wake(true);
  world.end('quit');
  world.start();
  await world.run(3700);
  expect(world.faultsReported).toEqual([]);
});

test('gaps of more than 400 days ago are forgotten', async () => {
  world.db.exec(
    `INSERT INTO gaps (id, started_at, ended_at, cause) VALUES (900, ${start - 401 * 86_400_000}, ${start - 401 * 86_400_000 + 5}, 'quit'),
     (901, ${start - 399 * 86_400_000}, ${start - 399 * 86_400_000 + 5}, 'quit')`,
  );
  await world.run(3700);
  expect(world.gaps().map(({ id }) => id)).not.toContain(900);
  expect(world.gaps().map(({ id }) => id)).toContain(901);
});
