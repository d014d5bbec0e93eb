import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertId } from '../../shared/alert.ts';
import { ChangesStream } from '../fakes/control-client.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { callback } from '../fakes/test-app.ts';
import { until } from '../fakes/until.ts';

let folder: DataFolder;
let app: HeadlessApp;
let url: string;
beforeEach(async () => {
  folder = new DataFolder();
  app = await folder.start();
  url = (await app.addSource()).localUrl;
});
afterEach(() => folder.remove());

const minute = 60_000;
const began = Date.now() - 30 * minute;

async function send(sample: Parameters<typeof callback>[0]): Promise<string> {
  const answer = await fetch(url, callback(sample));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { delivery: string }).delivery;
}

/** The same episode again: only its time and level are new. */
async function sendAgain(
  sample: Parameters<typeof callback>[0],
  changes: Record<string, string>,
): Promise<void> {
  const { body, ...request } = callback(sample);
  const fields = new URLSearchParams(String(body));
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  expect((await fetch(url, { ...request, body: fields.toString() })).status).toBe(200);
}

const timeline = async (id: AlertId): Promise<string[]> =>
  (await app.call('getAlert', { id })).timeline.map(({ kind, reason }) => `${kind} ${reason}`);

/** The decision comes a moment after the commit. */
const decided = (id: AlertId, count: number): Promise<boolean> =>
  until(async () => (await timeline(id)).filter((line) => /^(notified|withheld)/.test(line)).length >= count);

async function only(): Promise<AlertId> {
  const alerts = await app.alerts();
  expect(alerts).toHaveLength(1);
  return alerts[0]?.id ?? 'A0';
}

test('fires, is decided about, is sent again, recovers; each step can be read afterwards', async () => {
  const stream = await ChangesStream.open(app.ready.controlSocket);
  const first = await send({ name: 'disk-full', at: began });
  const id = await only();
  await decided(id, 1);
  expect(await timeline(id)).toEqual(['opened opened', 'notified opened']);
  const detail = await app.call('getAlert', { id });
  expect(detail).toMatchObject({
    state: 'open',
    priority: 'critical',
    level: 'CRITICAL',
    count: 1,
    episode: 1,
  });
  expect(detail.timeline[1]).toMatchObject({ kind: 'notified', text: 'none' });

  const retry = await send({ name: 'disk-full', at: began });
  expect(await app.call('getDelivery', { id: retry as 'D1' })).toMatchObject({
    verdict: 'retry',
    alertIds: [id],
  });
  expect((await app.alerts())[0]).toMatchObject({ id, count: 1, deliveries: 2 });

  const last = await send({
    name: 'disk-full',
    state: 'recovered',
    level: 'CRITICAL',
    at: began + 12 * minute,
  });
  await decided(id, 3);
  expect((await app.alerts())[0]).toMatchObject({
    id,
    state: 'resolved',
    resolvedBy: 'recovery',
    priority: 'critical',
  });
  expect((await timeline(id)).at(-1)).toBe('withheld recovered');
  expect((await app.call('getAlert', { id })).deliveries.map((delivery) => delivery.id)).toEqual([
    last,
    retry,
    first,
  ]);

  const kinds = stream.events
    .filter(({ event }) => event === 'change')
    .map(({ data }) => (data as { kind: string }).kind);
  expect(kinds).toEqual(['opened', 'repeated', 'resolved']);
  await expect(app.call('health', {})).resolves.toMatchObject({
    hearing: { state: 'hearing' },
    counts: { open: { critical: 0, medium: 0, low: 0 }, acknowledged: 0, snoozed: 0 },
  });
  stream.close();
});

test('what a low alert does not do is said as well', async () => {
  await send({ name: 'quiet', level: 'INFO', at: began });
  const id = await only();
  await decided(id, 1);
  expect(await timeline(id)).toEqual(['opened opened', 'withheld low-priority']);
});

test('is acknowledged, taken back, snoozed, noted and closed, and all of it survives kill -9', async () => {
  await send({ name: 'disk-full', at: began });
  const id = await only();
  const from = performance.now();
  await expect(app.call('acknowledgeAlerts', { ids: [id], note: 'on it' })).resolves.toMatchObject([
    { state: 'acknowledged', acknowledgeNote: 'on it' },
  ]);
  expect(performance.now() - from).toBeLessThan(500);
  await expect(app.call('health', {})).resolves.toMatchObject({
    counts: { open: { critical: 0 }, acknowledged: 1 },
  });
  await app.call('unacknowledgeAlerts', { ids: [id] });
  await expect(app.call('snoozeAlerts', { ids: [id], minutes: 15 })).resolves.toMatchObject([
    { state: 'open', snoozedUntil: expect.any(Number) },
  ]);
  await app.call('addNote', { id, text: 'waiting for the disk' });
  const before = await app.call('getAlert', { id });
  await app.end('SIGKILL');
  app = await folder.start();
  const after = await app.call('getAlert', { id });
  expect(after).toMatchObject({ state: 'open', snoozedUntil: before.snoozedUntil });
  const acts = (lines: readonly { kind: string; text: string }[]): string[] =>
    lines
      .filter(({ kind }) => kind !== 'notified' && kind !== 'withheld')
      .map(({ kind, text }) => (kind === 'snoozed' ? kind : `${kind} ${text}`.trim()));
  expect(acts(after.timeline)).toEqual([
    'opened',
    'acknowledged on it',
    'unacknowledged',
    'snoozed',
    'noted waiting for the disk',
  ]);
  await expect(app.call('resolveAlerts', { ids: [id], note: 'replaced' })).resolves.toMatchObject([
    { state: 'resolved', resolvedBy: 'user', snoozedUntil: null },
  ]);
  await expect(app.call('listAlerts', {})).resolves.toMatchObject({ alerts: [] });
});

test('a repeat never touches what a person did, a rise ends it', async () => {
  const sample = { name: 'disk-full', level: 'WARN', at: began };
  await send(sample);
  const id = await only();
  await app.call('acknowledgeAlerts', { ids: [id] });
  await sendAgain(sample, { timestamp: String(began + minute), curValue: '98.1' });
  expect(await app.alerts()).toMatchObject([{ id, state: 'acknowledged', count: 2, value: '98.1 %' }]);
  await sendAgain(sample, { timestamp: String(began + 2 * minute), triggerLevel: 'CRITICAL' });
  expect(await app.alerts()).toMatchObject([{ id, state: 'open', priority: 'critical', count: 3 }]);
});

test('after a restart nothing is decided twice and the next episode is a new alert', async () => {
  await send({ name: 'disk-full', at: began });
  const id = await only();
  await decided(id, 1);
  await app.end('SIGKILL');
  app = await folder.start();
  url = (await app.call('sourceAddress', { id: (await app.call('listSources', {}))[0]?.id ?? '' })).localUrl;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await timeline(id)).toEqual(['opened opened', 'notified opened']);
  await send({ name: 'disk-full', state: 'recovered', at: began + 12 * minute });
  await send({ name: 'disk-full', at: began + 20 * minute });
  const alerts = await app.alerts();
  expect(alerts.map(({ state, episode }) => `${state} ${episode}`)).toEqual(['open 2', 'resolved 1']);
  expect(alerts[0]?.key).toBe(alerts[1]?.key);
});
