import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Agent, request } from 'node:http';
import { senderOf } from '../../main/sources/catalogue.ts';
import { DataFolder } from '../fakes/headless-app.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = new DataFolder();
});
afterEach(() => folder.remove());

const count = 2000;
const atOnce = 16;
const types = [
  undefined,
  '',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=GBK',
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'text/xml',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'nonsense',
  '*/*',
  ';=,',
];

/** Small numbers from one seed, so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function bodyOf(random: (below: number) => number, index: number): Buffer {
  const sample = senderOf('cloudmonitor')?.sample({
    state: random(3) === 0 ? 'recovered' : 'firing',
    level: ['CRITICAL', 'WARN', 'INFO', 'NODATA', 'Ünsinn'][random(5)] ?? 'WARN',
    at: 1_790_000_000_000 + index,
    name: `mutant ${random(60)}`,
  });
  const body = Buffer.from(sample?.body ?? '');
  switch (random(7)) {
    case 0:
      return body;
    case 1:
      return body.subarray(0, random(body.length));
    case 2: {
      for (let change = random(20); change >= 0; change -= 1) body[random(body.length)] = random(256);
      return body;
    }
    case 3:
      return Buffer.from(
        JSON.stringify(Object.fromEntries(new URLSearchParams(body.toString()))).slice(0, 1 + random(3000)),
      );
    case 4:
      return randomBytes(random(3000));
    case 5:
      return Buffer.concat([body, Buffer.alloc(random(200_000), body)]);
    default:
      return Buffer.alloc(random(3) === 0 ? 1024 * 1024 : random(50), '&=%[{"');
  }
}

function post(
  agent: Agent,
  url: string,
  type: string | undefined,
  body: Buffer,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-length': body.length,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}

test('2,000 random bodies of all sizes and content types: each gets 200, a verdict and a reason, and none is lost', async () => {
  const app = await folder.start();
  const { localUrl } = await app.addSource();
  const random = randomFrom(20_260_101);
  const bodies = Array.from({ length: count }, (_, index) => ({
    body: bodyOf(random, index),
    type: types[random(types.length)],
  }));
  const sizes = new Map<string, number>();
  const wrong: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < count) {
      const { body, type } = bodies[next] ?? { body: Buffer.alloc(0), type: undefined };
      const index = next;
      next += 1;
      const { status, text } = await post(agent, localUrl, type, body);
      const reply = status === 200 ? (JSON.parse(text) as { delivery: string }) : null;
      if (reply === null) wrong.push(`${index} (${type}, ${body.length} bytes): ${status}`);
      else sizes.set(reply.delivery, body.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  agent.destroy();
  expect(wrong).toEqual([]);
  expect(sizes.size).toBe(count);

  const deliveries = await app.deliveries();
  expect(deliveries).toHaveLength(count);
  for (const { id, bytes, verdict, reason } of deliveries) {
    const sent = sizes.get(id);
    expect(sent, id).toBeDefined();
    // Personal data may have been taken out; nothing is ever added.
    expect(bytes, id).toBeLessThanOrEqual(sent ?? 0);
    expect(verdict.length, id).toBeGreaterThan(0);
    expect(reason, id).toMatch(/^[a-z][a-z, -]*$/);
    expect(reason, id).not.toContain('fault-in-tocsin');
  }
  const verdicts = new Set(deliveries.map(({ verdict }) => verdict));
  for (const expected of ['opened', 'resolved', 'not-understood', 'probe'] as const)
    expect(verdicts).toContain(expected);
  expect(app.stderr).not.toContain('fault');
  expect((await app.end('SIGTERM')).code).toBe(0);
});
