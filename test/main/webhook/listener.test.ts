import { beforeEach, describe, expect, test } from 'vitest';
import { Listener } from '../../../main/webhook/listener.ts';
import { ListenError, type WebhookServer } from '../../../main/webhook/server.ts';

/** Ports of a computer: what is taken by others, and what happened in which order. */
let takenByOthers: Set<number>;
let happened: string[];
let states: string[];
beforeEach(() => {
  takenByOthers = new Set();
  happened = [];
  states = [];
});

function listener(wanted: number): Listener {
  return new Listener(
    {
      start: async (port): Promise<WebhookServer> => {
        if (takenByOthers.has(port)) throw new ListenError('port-taken', `Port ${port} is taken.`);
        const actual = port === 0 ? 41_000 : port;
        happened.push(`open ${actual}`);
        return {
          port: actual,
          stop: async () => {
            happened.push(`close ${actual}`);
          },
        };
      },
      onState: (state) => states.push(state),
    },
    wanted,
  );
}

describe('listening', () => {
  test('on the wanted port, and asking again does nothing', async () => {
    const one = listener(9797);
    expect(await one.listen()).toBeNull();
    expect(await one.listen()).toBeNull();
    expect(one.port).toBe(9797);
    expect(happened).toEqual(['open 9797']);
    expect(states).toEqual(['up']);
  });

  test('a taken port is said, and had as soon as it is free', async () => {
    takenByOthers.add(9797);
    const one = listener(9797);
    expect((await one.listen())?.code).toBe('port-taken');
    expect(one.port).toBe(9797);
    takenByOthers.clear();
    expect(await one.listen()).toBeNull();
    expect(states).toEqual(['port-taken', 'up']);
  });
});

describe('moving', () => {
  test('the old port answers until the new one does', async () => {
    const one = listener(9797);
    await one.listen();
    expect(await one.move(9898)).toBeNull();
    expect(one.port).toBe(9898);
    expect(happened).toEqual(['open 9797', 'open 9898', 'close 9797']);
  });

  test('to a taken port changes nothing', async () => {
    takenByOthers.add(9898);
    const one = listener(9797);
    await one.listen();
    expect((await one.move(9898))?.message).toBe('Port 9898 is taken.');
    expect(one.port).toBe(9797);
    expect(happened).toEqual(['open 9797']);
    expect(states).toEqual(['up']);
  });

  test('while deaf ends the deafness', async () => {
    takenByOthers.add(9797);
    const one = listener(9797);
    await one.listen();
    expect(await one.move(9898)).toBeNull();
    expect(states).toEqual(['port-taken', 'up']);
  });

  test('to the port it has is no move', async () => {
    const one = listener(0);
    await one.listen();
    expect(await one.move(41_000)).toBeNull();
    expect(happened).toEqual(['open 41000']);
  });

  test('twice at once goes one after the other and leaves one port open', async () => {
    const one = listener(9797);
    await one.listen();
    await Promise.all([one.move(1111), one.move(2222)]);
    expect(happened).toEqual(['open 9797', 'open 1111', 'close 9797', 'open 2222', 'close 1111']);
  });
});

test('what is asked for after the end opens nothing', async () => {
  const one = listener(9797);
  await one.listen();
  await one.stop();
  expect(await one.move(9898)).not.toBeNull();
  expect(happened).toEqual(['open 9797', 'close 9797']);
});
