import { afterEach, beforeEach, expect, test } from 'vitest';
import { callOurselves } from '../../../main/tunnel/probe-call.ts';
import { type ProbePass, ProbePasses } from '../../../main/webhook/probe-route.ts';
import { buildWebhookServer } from '../../../main/webhook/server.ts';

let elapsed: number;
let passes: ProbePasses;
let admitted: string[];
let server: ReturnType<typeof buildWebhookServer>;

beforeEach(() => {
  elapsed = 1000;
  passes = new ProbePasses(() => elapsed);
  admitted = [];
  server = buildWebhookServer({
    probes: passes,
    ingest: { submit: () => Promise.reject(new Error('nothing is stored')) },
    admit: (id) => {
      admitted.push(id);
      return null;
    },
    admitByKey: () => null,
    now: () => 0,
    forwardedHeader: () => 'none',
    onStored: () => expect.fail('nothing is stored'),
    onOldSecret: () => undefined,
    onFault: (error) => expect.fail(String(error)),
  });
});
afterEach(() => server.close());

const get = async (url: string) => {
  const { statusCode, body } = await server.inject({ url });
  return { statusCode, body };
};
const stranger = { statusCode: 404, body: '' };

test('our own call is answered once, with what only we can know', async () => {
  const { path, echo } = passes.issue();
  expect(path).toMatch(/^\/hooks\/\.probe\/[0-9a-f]{32}$/);
  expect(path).not.toContain(echo);
  expect(await get(path)).toEqual({ statusCode: 200, body: echo });
  expect(await get(path)).toEqual(stranger);
  expect(admitted).toEqual([]);
});

test('a token that nobody issued is a stranger', async () => {
  passes.issue();
  for (const token of ['0'.repeat(32), '', 'x', '%00', 'a'.repeat(5000)]) {
    expect(await get(`/hooks/.probe/${token}`)).toEqual(stranger);
  }
});

test('only asking for it counts: no other method uses a token up or learns the echo', async () => {
  const { path, echo } = passes.issue();
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as const) {
    const { statusCode, body } = await server.inject({ method, url: path, payload: 'x=1' });
    expect([method, statusCode, body]).toEqual([method, 404, '']);
  }
  expect(await get(path)).toEqual({ statusCode: 200, body: echo });
});

test('a token is dead after 15 seconds', async () => {
  const late = passes.issue();
  elapsed += 14_999;
  const { path, echo } = passes.issue();
  elapsed += 1;
  expect(await get(late.path)).toEqual(stranger);
  expect(await get(path)).toEqual({ statusCode: 200, body: echo });
});

test('a handful is alive at a time, the newest', async () => {
  const issued: ProbePass[] = Array.from({ length: 20 }, () => passes.issue());
  const answers = await Promise.all(issued.map(({ path }) => get(path)));
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(8);
  expect(answers.at(-1)?.body).toBe(issued.at(-1)?.echo);
  expect(answers[0]).toEqual(stranger);
});

test('the app that calls its own address recognises itself', async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const call = (publicUrl: string) =>
    callOurselves(
      {
        issue: () => passes.issue(),
        localPort: () => port,
        hasNetwork: () => true,
        version: '1.2.3',
        elapsed: () => performance.now(),
      },
      publicUrl,
    );
  expect(await call(`http://127.0.0.1:${port}`)).toMatchObject({ finding: 'reached' });
  // What lies outside is wrong, the listener is not.
  expect(await call(`http://127.0.0.1:${port}/elsewhere`)).toMatchObject({ finding: 'wrong-answer' });
});
