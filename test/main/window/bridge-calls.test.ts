// Every call of the contract against the real app, over the socket: the answer is what the contract says it is.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import type { AlertId } from '../../../shared/alert.ts';
import { type BridgeArgument, bridgeCalls } from '../../../shared/bridge.ts';
import { type BridgeCallName, bridgeCallNames } from '../../../shared/bridge-names.ts';
import { callSocket } from '../../fakes/control-client.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';

let app: TestApp;
let sourceId: string;
let spareSourceId: string;
/** One for each action, so that the order of the tests does not matter. */
const alerts = new Map<string, AlertId>();

const actions = ['ack', 'unack', 'snooze', 'unsnooze', 'resolve', 'reopen', 'note', 'get'] as const;

beforeAll(async () => {
  app = await TestApp.start();
  const source = await app.addSource();
  sourceId = source.id;
  spareSourceId = (await app.addSource('Spare')).id;
  for (const name of actions) await fetch(source.localUrl, callback({ name: `for-${name}` }));
  for (const alert of (await app.call('listAlerts', {})).alerts) alerts.set(alert.title, alert.id);
  await app.call('acknowledgeAlerts', { ids: [alertFor('unack')] });
  await app.call('snoozeAlerts', { ids: [alertFor('unsnooze')], minutes: 5 });
});
afterAll(() => app.close());

function alertFor(action: (typeof actions)[number]): AlertId {
  const found = [...alerts].find(([title]) => title.startsWith(`for-${action} `));
  if (found === undefined)
    throw new Error(`There is no alert for ${action}: ${[...alerts.keys()].join('; ')}`);
  return found[1];
}

/** An example of every call; the compiler and a test see to it that none is missing. */
const examples: { readonly [Name in BridgeCallName]: () => BridgeArgument<Name> } = {
  health: () => ({}),
  listSources: () => ({}),
  addSource: () => ({ kind: 'cloudmonitor', name: 'Another', team: 'Core' }),
  updateSource: () => ({ id: sourceId, changes: { name: 'Renamed', noData: 'list' } }),
  removeSource: () => ({ id: spareSourceId }),
  rotateSecret: () => ({ id: sourceId }),
  sourceAddress: () => ({ id: sourceId }),
  sourceLevels: () => ({ id: sourceId }),
  listAlerts: () => ({ states: ['open', 'snoozed'], limit: 2 }),
  getAlert: () => ({ id: alertFor('get') }),
  acknowledgeAlerts: () => ({ ids: [alertFor('ack')], note: 'on it' }),
  unacknowledgeAlerts: () => ({ ids: [alertFor('unack')] }),
  snoozeAlerts: () => ({ ids: [alertFor('snooze')], untilRecovery: true }),
  unsnoozeAlerts: () => ({ ids: [alertFor('unsnooze')] }),
  resolveAlerts: () => ({ ids: [alertFor('resolve')], note: 'false alarm' }),
  reopenAlerts: () => ({ ids: [alertFor('reopen')] }),
  addNote: () => ({ id: alertFor('note'), text: 'seen this before' }),
  listDeliveries: () => ({ limit: 3, verdict: 'opened' }),
  getDelivery: () => ({ id: 'D1' }),
  parseAgain: () => ({ id: 'D1' }),
  sendTestAlert: () => ({ sourceId, priority: 'medium' }),
  getStorage: () => ({}),
  dismissNotice: () => ({ code: 'backup-failed' }),
  getSettings: () => ({}),
  updateSettings: () => ({ changes: { theme: 'dark' } }),
  setQuiet: () => ({ until: null }),
  playSound: () => ({ name: 'medium' }),
  desktopFacts: () => ({}),
  setStartAtLogin: () => ({ on: false }),
  diagnostics: () => ({}),
  endTestAlerts: () => ({}),
  getTunnel: () => ({}),
  setTunnel: () => ({ plan: { kind: 'none' } }),
  // Nobody answers there.
  hostKeys: () => ({ host: '127.0.0.1', port: 1 }),
  probeNow: () => ({}),
  addressPasted: () => ({}),
  coverage: () => ({ days: 3 }),
  setOnCall: () => ({ on: true, until: null }),
  handOver: () => ({}),
  watch: () => ({}),
  reportView: () => ({ freeRows: 3 }),
  copyText: () => ({ text: 'x' }),
  openLink: () => ({ url: 'https://example.com/' }),
};

/** What headless cannot do, and says so. */
const needDesktop: ReadonlySet<BridgeCallName> = new Set([
  'playSound',
  'desktopFacts',
  'setStartAtLogin',
  'reportView',
  'copyText',
  'openLink',
]);

test('every call has an example here', () => {
  expect(Object.keys(examples).toSorted()).toEqual([...bridgeCallNames].toSorted());
  expect(Object.keys(bridgeCalls).toSorted()).toEqual([...bridgeCallNames].toSorted());
});

describe('answers what the contract says', () => {
  test.each([...bridgeCallNames].filter((name) => !needDesktop.has(name)))('%s', async (name) => {
    const argument: unknown = examples[name]();
    expect(Value.Check(bridgeCalls[name].argument as TSchema, argument)).toBe(true);
    const { status, reply } = await callSocket(app.app.controlSocket, name, argument);
    expect(reply).toMatchObject({ ok: true });
    expect(status).toBe(200);
    const result = reply.ok ? reply.result : undefined;
    const schema: TSchema = bridgeCalls[name].result;
    expect(Value.Errors(schema, result)).toEqual([]);
    expect(strangers(schema, result, name), 'fields that the contract does not name').toEqual([]);
  });

  test.each([...needDesktop])('%s says that it needs a desktop', async (name) => {
    const { status, reply } = await callSocket(app.app.controlSocket, name, examples[name]());
    expect(status).toBe(400);
    expect(reply).toMatchObject({ ok: false, error: { code: 'no-desktop' } });
  });
});

describe('refuses with bad-argument', () => {
  test.each([...bridgeCallNames])('%s with a field it does not know', async (name) => {
    const { status, reply } = await callSocket(app.app.controlSocket, name, {
      ...examples[name](),
      colour: 'red',
    });
    expect(status).toBe(400);
    expect(reply).toMatchObject({
      ok: false,
      error: { code: 'bad-argument', message: expect.stringContaining(name) },
    });
  });

  test.each([...bridgeCallNames])('%s with something that is no object', async (name) => {
    for (const argument of [null, 5, 'text', [], true]) {
      const { reply } = await callSocket(app.app.controlSocket, name, argument);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-argument' } });
    }
  });

  const wrong: readonly [BridgeCallName, unknown][] = [
    ['addSource', { kind: 'cloudmonitor' }],
    ['addSource', { kind: 'cloudmonitor', name: '' }],
    ['addSource', { kind: 'cloudmonitor', name: '   ' }],
    ['addSource', { kind: 'pager', name: 'x' }],
    ['addSource', { kind: 'cloudmonitor', name: 'x'.repeat(81) }],
    ['updateSource', { id: 'cm-x', changes: { secretHash: 'x' } }],
    ['updateSource', { id: '../../etc', changes: {} }],
    ['rotateSecret', { id: '../../etc' }],
    ['updateSource', { id: 'cm-x', changes: { closeAfterMinutes: 0 } }],
    ['updateSource', { id: 'cm-x', changes: { closeAfterMinutes: 10_081 } }],
    ['updateSource', { id: 'cm-x', changes: { allowList: { mode: 'moat', addresses: [] } } }],
    [
      'updateSource',
      {
        id: 'cm-x',
        changes: { allowList: { mode: 'hint', addresses: Array.from({ length: 201 }, () => '::1') } },
      },
    ],
    ['updateSettings', { changes: { forwardedHeader: 'x-anything' } }],
    ['listAlerts', { limit: 0 }],
    ['listAlerts', { limit: 501 }],
    ['listAlerts', { limit: 1.5 }],
    ['listAlerts', { states: ['gone'] }],
    ['listAlerts', { priority: 'high' }],
    ['listAlerts', { search: 'x'.repeat(201) }],
    ['listAlerts', { after: "1' OR '1'='1" }],
    ['listDeliveries', { after: 'X5' }],
    ['listDeliveries', { verdict: 'lost' }],
    ['getAlert', { id: 5 }],
    ['getAlert', { id: 'A1; DROP TABLE alerts' }],
    ['getAlert', { id: 'D1' }],
    ['getDelivery', { id: 'A1' }],
    ['parseAgain', { id: 'A1' }],
    ['listDeliveries', { search: 'x'.repeat(201) }],
    ['acknowledgeAlerts', { ids: [] }],
    ['acknowledgeAlerts', { ids: 'A1' }],
    ['acknowledgeAlerts', { ids: ['A1', 'x'] }],
    ['acknowledgeAlerts', { ids: Array.from({ length: 1001 }, (_, index) => `A${index}`) }],
    ['acknowledgeAlerts', { ids: ['A1'], note: 'x'.repeat(4001) }],
    ['snoozeAlerts', { ids: ['A1'] }],
    ['snoozeAlerts', { ids: ['A1'], minutes: 0 }],
    ['snoozeAlerts', { ids: ['A1'], minutes: 7 * 24 * 60 + 1 }],
    ['snoozeAlerts', { ids: ['A1'], until: 5 }],
    ['snoozeAlerts', { ids: ['A1'], untilRecovery: false }],
    ['addNote', { id: 'A1', text: '' }],
    ['sendTestAlert', { priority: 'huge' }],
    ['updateSettings', { changes: { theme: 'neon' } }],
    ['updateSettings', { changes: { port: -1 } }],
    ['updateSettings', { changes: { loudness: 5 } }],
    ['updateSettings', { changes: { volume: 101 } }],
    ['updateSettings', { changes: { quietHours: { enabled: true, from: '24:00', to: '07:00' } } }],
    ['setQuiet', { until: 1 }],
    ['setQuiet', { until: Date.now() + 25 * 3_600_000 }],
    ['playSound', { name: 'loud' }],
    ['openLink', { url: 'http://example.com/' }],
    ['openLink', { url: 'file:///etc/passwd' }],
    ['openLink', { url: 'javascript:alert(1)' }],
  ];
  test.each(wrong)('%s %j', async (name, argument) => {
    const { status, reply } = await callSocket(app.app.controlSocket, name, argument);
    expect(status).toBe(400);
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-argument' } });
  });
});

describe('refuses what does not exist', () => {
  test.each([
    ['getAlert', { id: 'A99999' }, 'unknown-alert'],
    ['addNote', { id: 'A99999', text: 'x' }, 'unknown-alert'],
    ['acknowledgeAlerts', { ids: ['A1', 'A99999'] }, 'unknown-alert'],
    ['getDelivery', { id: 'D99999' }, 'unknown-delivery'],
    ['parseAgain', { id: 'D99999' }, 'unknown-delivery'],
    ['updateSource', { id: 'cm-nobody', changes: { name: 'x' } }, 'unknown-source'],
    ['removeSource', { id: 'cm-nobody' }, 'unknown-source'],
    ['rotateSecret', { id: 'cm-nobody' }, 'unknown-source'],
    ['sourceAddress', { id: 'cm-nobody' }, 'unknown-source'],
    ['sendTestAlert', { sourceId: 'cm-nobody' }, 'unknown-source'],
  ] as const)('%s %j: %s', async (name, argument, code) => {
    const { status, reply } = await callSocket(app.app.controlSocket, name, argument);
    expect(status).toBe(400);
    expect(reply).toMatchObject({ ok: false, error: { code } });
  });
});

test('only addSource, rotateSecret and sourceAddress give a secret away', async () => {
  const { secret } = await app.call('sourceAddress', { id: sourceId });
  expect(secret.length).toBeGreaterThan(20);
  for (const name of [
    'listSources',
    'watch',
    'health',
    'listDeliveries',
    'getDelivery',
    'listAlerts',
    'sendTestAlert',
  ] as const) {
    expect(
      JSON.stringify(await callSocket(app.app.controlSocket, name, examples[name]())),
      name,
    ).not.toContain(secret);
  }
});

/** Paths of object fields in `value` that `schema` does not name; schemas may be open, answers must not. */
function strangers(schema: TSchema, value: unknown, path: string): string[] {
  const parts = schema as { properties?: Record<string, TSchema>; items?: TSchema };
  if (Array.isArray(value)) {
    return parts.items === undefined
      ? []
      : value.flatMap((one) => strangers(parts.items as TSchema, one, `${path}[]`));
  }
  if (typeof value !== 'object' || value === null || parts.properties === undefined) return [];
  const { properties } = parts;
  return Object.entries(value).flatMap(([name, field]) =>
    Object.hasOwn(properties, name)
      ? strangers(properties[name] as TSchema, field, `${path}.${name}`)
      : [`${path}.${name}`],
  );
}
