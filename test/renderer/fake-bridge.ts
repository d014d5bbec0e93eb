// A stand-in for the app behind the window, for looking at the window in a plain browser. It keeps state like the
// real one: actions change alerts and come back as pushes.
import type { Alert, AlertChange, AlertId } from '../../shared/alert.ts';
import { compareAlerts, countAlerts } from '../../shared/alert-order.ts';
import type { BridgeApi, BridgeReply, Health, Push } from '../../shared/bridge.ts';
import type { Coverage } from '../../shared/coverage.ts';
import type { Hearing } from '../../shared/hearing.ts';
import type { OnCall } from '../../shared/on-call.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Source } from '../../shared/source.ts';
import type { TunnelStatus, TunnelView } from '../../shared/tunnel.ts';
import {
  fakeAlert,
  fakeAlerts,
  fakeDeliveries,
  fakeDeliveryDetail,
  fakeTimeline,
  manyFakeAlerts,
} from './fake-alerts.ts';
import { fakeHandOver, fakeMonth, fakeTunnel, planFor } from './fake-reach.ts';

export interface FakeOptions {
  readonly scene: 'usual' | 'many' | 'empty' | 'first-run' | 'never-called' | 'deaf' | 'gone';
  readonly settings?: Partial<Settings>;
  /** The way in; none when absent. */
  readonly tunnel?: TunnelStatus | null;
  /** Instead of what the scene says. */
  readonly hearing?: Hearing;
  readonly onCall?: OnCall | null;
  readonly coverage?: Coverage;
  readonly programs?: TunnelView['programs'];
  /** Epoch ms. */
  readonly now: number;
}

/** What a test can do to the fake beside calling it. */
export interface FakeControls {
  readonly fire: (number: number, changes?: Partial<Alert>) => void;
  readonly recover: (id: AlertId) => void;
  readonly push: (push: Push) => void;
  readonly calls: { readonly name: string; readonly argument: unknown }[];
}

const ok = <Result>(result: Result): Promise<BridgeReply<Result>> => Promise.resolve({ ok: true, result });
const refuse = (code: string, message: string): Promise<BridgeReply<never>> =>
  Promise.resolve({ ok: false, error: { code, message } });

function fakeSource(id: string, name: string, now: number, deliveries: number): Source {
  return {
    id,
    kind: 'cloudmonitor',
    name,
    team: null,
    paused: false,
    priorityMap: {},
    defaultPriorityMap: {},
    noData: 'open',
    closeAfterMinutes: null,
    expectEveryHours: null,
    allowList: { mode: 'hint', addresses: [] },
    oldSecret: null,
    createdAt: now - 9 * 24 * 3_600_000,
    lastDeliveryAt: deliveries === 0 ? null : now - 3 * 60_000,
    probeSeenAt: deliveries === 0 ? null : now - 2 * 3_600_000,
    counts: { open: deliveries === 0 ? 0 : 7, deliveries, notUnderstood: deliveries > 100 ? 2 : 0 },
  };
}

export function createFakeBridge({
  scene,
  settings: wanted,
  now,
  ...given
}: FakeOptions): BridgeApi & FakeControls {
  const isNew = scene === 'first-run' || scene === 'never-called';
  const hasAlerts = scene === 'usual' || scene === 'deaf' || scene === 'many';
  const alerts = new Map<AlertId, Alert>(
    (scene === 'many' ? manyFakeAlerts(10_000, now) : hasAlerts ? fakeAlerts(now) : []).map((alert) => [
      alert.id,
      alert,
    ]),
  );
  let sources: Source[] =
    scene === 'first-run'
      ? []
      : isNew
        ? [fakeSource('cm-main', 'CloudMonitor', now, 0)]
        : [
            fakeSource('cm-main', 'CloudMonitor', now, 1284),
            fakeSource('cm-cn', '云监控（中国站）', now - 3_600_000, 96),
          ];
  let settings: Settings = { ...defaultSettings, language: 'en', theme: 'light', ...wanted };
  let revision = 100;
  const listeners = new Set<(push: Push) => void>();
  const calls: { name: string; argument: unknown }[] = [];

  const sceneHearing: Hearing =
    scene === 'deaf'
      ? {
          state: 'deaf',
          causes: [
            { code: 'port-taken', message: '' },
            { code: 'store-not-writable', message: '' },
          ],
        }
      : scene === 'first-run'
        ? { state: 'deaf', causes: [{ code: 'never-set-up', message: '' }] }
        : { state: 'hearing', causes: [] };
  const hearing = given.hearing ?? sceneHearing;
  let tunnel: TunnelStatus | null = given.tunnel ?? null;
  let plan = planFor(tunnel);
  let secret: TunnelView['secret'] = plan.kind === 'ngrok' || plan.kind === 'cloudflared' ? 'file' : 'none';
  let onCall: OnCall | null = given.onCall ?? null;
  const tunnelView = (): TunnelView => ({
    plan,
    secret,
    programs: given.programs ?? { ssh: 'OpenSSH_9.2p1', cloudflared: null },
    status: tunnel,
  });
  const health = (): Health => ({
    version: '0.1.0',
    hearing,
    listener: { port: 9797 },
    tunnel,
    onCall,
    counts: countAlerts(alerts.values()),
    notifications: { state: 'ok', error: null, since: null },
    quiet: null,
    revision,
    notices: [],
  });
  const push = (one: Push): void => {
    for (const listener of listeners) listener(one);
  };
  const change = (kind: AlertChange['kind'], alert: Alert, cause: AlertChange['cause'] = 'person'): Alert => {
    const before = alerts.get(alert.id) ?? null;
    revision += 1;
    alerts.set(alert.id, alert);
    push({
      type: 'changes',
      changes: [
        {
          revision,
          at: now,
          kind,
          reason: 'fake',
          cause,
          before:
            before === null
              ? null
              : {
                  state: before.state,
                  priority: before.priority,
                  level: before.level,
                  snoozedUntil: before.snoozedUntil,
                },
          alert,
        },
      ],
    });
    return alert;
  };
  const each = (
    ids: readonly AlertId[],
    kind: AlertChange['kind'],
    with_: (alert: Alert) => Alert,
  ): Promise<BridgeReply<Alert[]>> =>
    ok(
      ids.flatMap((id) => {
        const alert = alerts.get(id);
        return alert === undefined ? [] : [change(kind, with_(alert))];
      }),
    );
  const address = (source: Source) => ({
    ...source,
    secret: 'n0t5ecret5ample0000000000',
    localUrl: `http://127.0.0.1:9797/hooks/${source.id}/n0t5ecret5ample0000000000`,
    publicUrl:
      tunnel?.publicUrl == null ? null : `${tunnel.publicUrl}/hooks/${source.id}/n0t5ecret5ample0000000000`,
  });

  const api: BridgeApi = {
    health: () => ok(health()),
    watch: () =>
      scene === 'gone'
        ? refuse('unreachable', 'gone')
        : ok({
            revision,
            alerts: [...alerts.values()]
              .filter((alert) => alert.state !== 'resolved')
              .toSorted(compareAlerts),
            health: health(),
            sources,
            settings,
          }),
    listSources: () => ok(sources),
    addSource: ({ name }) => {
      const source = { ...fakeSource(`cm-${sources.length + 1}`, name, now, 0), createdAt: now };
      sources = [...sources, source];
      push({ type: 'sources', sources });
      push({ type: 'health', health: { ...health(), hearing: { state: 'hearing', causes: [] } } });
      return ok(address(source));
    },
    updateSource: ({ id }) => {
      const source = sources.find((one) => one.id === id);
      return source === undefined ? refuse('unknown-source', 'There is no such source.') : ok(source);
    },
    removeSource: () => ok(null),
    rotateSecret: ({ id }) => {
      const source = sources.find((one) => one.id === id);
      return source === undefined
        ? refuse('unknown-source', 'There is no such source.')
        : ok(address(source));
    },
    sourceAddress: ({ id }) => {
      const source = sources.find((one) => one.id === id);
      return source === undefined
        ? refuse('unknown-source', 'There is no such source.')
        : ok(address(source));
    },
    sourceLevels: () => ok([]),
    listAlerts: ({ states, limit = 100 }) =>
      ok({
        alerts: [...alerts.values()]
          .filter((alert) => states?.includes('resolved') && alert.state === 'resolved')
          .toSorted(compareAlerts)
          .slice(0, limit),
        revision,
        next: null,
      }),
    getAlert: ({ id }) => {
      const alert = alerts.get(id);
      if (alert === undefined) return refuse('unknown-alert', 'There is no such alert.');
      return ok({ ...alert, timeline: [...fakeTimeline(alert)], deliveries: [...fakeDeliveries(alert)] });
    },
    acknowledgeAlerts: ({ ids }) =>
      each(ids, 'acknowledged', (alert) => ({ ...alert, state: 'acknowledged', acknowledgedAt: now })),
    unacknowledgeAlerts: ({ ids }) =>
      each(ids, 'unacknowledged', (alert) => ({ ...alert, state: 'open', acknowledgedAt: null })),
    snoozeAlerts: ({ ids, minutes, until }) =>
      each(ids, 'snoozed', (alert) => ({
        ...alert,
        snoozedUntil: until ?? now + (minutes ?? 7 * 1440) * 60_000,
      })),
    unsnoozeAlerts: ({ ids }) => each(ids, 'unsnoozed', (alert) => ({ ...alert, snoozedUntil: null })),
    resolveAlerts: ({ ids }) =>
      each(ids, 'resolved', (alert) => ({
        ...alert,
        state: 'resolved',
        resolvedAt: now,
        resolvedBy: 'user',
      })),
    reopenAlerts: ({ ids }) =>
      each(ids, 'reopened', (alert) => ({ ...alert, state: 'open', resolvedAt: null, resolvedBy: null })),
    addNote: ({ id }) => {
      const alert = alerts.get(id);
      return alert === undefined
        ? refuse('unknown-alert', 'There is no such alert.')
        : ok(change('noted', { ...alert }));
    },
    listDeliveries: () => ok({ deliveries: [], next: null }),
    getDelivery: ({ id }) => {
      const [first] = alerts.values();
      const delivery = fakeDeliveryDetail(first ?? fakeAlert(1, now));
      return ok({ ...delivery, id, alertIds: [...delivery.alertIds] });
    },
    parseAgain: ({ id }) => {
      const [first] = alerts.values();
      const delivery = fakeDeliveryDetail(first ?? fakeAlert(1, now));
      return ok({ ...delivery, id, alertIds: [...delivery.alertIds], reason: 'parsed-again' });
    },
    sendTestAlert: () => ok({ url: 'http://127.0.0.1:9797/hooks/cm-main/…', delivery: 'D1288' }),
    getStorage: () =>
      ok({
        at: now,
        databaseBytes: 41_400_000,
        walBytes: 1_200_000,
        freeBytes: 6_300_000,
        deliveries: 18_240,
        bodies: { count: 5120, bytes: 3_800_000, oldestAt: now - 29 * 86_400_000 },
        alerts: { unresolved: alerts.size, resolved: 2311, oldestAt: now - 200 * 86_400_000 },
        backups: [{ name: 'tocsin-demo.db', at: now - 7_000_000, bytes: 41_000_000, kind: 'daily' }],
        diskFreeBytes: 214_000_000_000,
        lastCheck: { at: now - 7_000_000, result: 'ok' },
      }),
    dismissNotice: () => ok(null),
    getSettings: () => ok(settings),
    updateSettings: ({ changes }) => {
      settings = { ...settings, ...changes };
      push({ type: 'settings', settings });
      return ok(settings);
    },
    setQuiet: ({ until }) => ok(until === null ? null : { reason: 'quiet-for-now', until }),
    playSound: () => ok('played'),
    desktopFacts: () =>
      ok({
        platform: 'linux',
        system: 'Debian GNU/Linux 12',
        session: 'KDE x11',
        trayHost: 'present',
        notificationServer: 'Plasma 5.27',
        notificationCapabilities: ['actions', 'body'],
        startAtLogin: { state: 'off', program: null },
        versions: { electron: '45.4.1', chromium: '150', node: '24' },
      }),
    setStartAtLogin: ({ on }) => ok({ state: on ? 'on' : 'off', program: null }),
    diagnostics: () => ok({ text: 'Tocsin 0.1.0 diagnostics' }),
    endTestAlerts: () => ok(null),
    getTunnel: () => ok(tunnelView()),
    setTunnel: (wantedTunnel) => {
      plan = wantedTunnel.plan;
      if (wantedTunnel.secret !== undefined) secret = wantedTunnel.secret === null ? 'none' : 'keyring';
      tunnel =
        plan.kind === 'none'
          ? null
          : fakeTunnel(now, {
              kind: plan.kind,
              state: 'starting',
              publicUrl: null,
              since: now,
              proof: {
                reachedAt: null,
                roundTripMs: null,
                misses: 0,
                finding: null,
                detail: null,
                nextAt: null,
              },
            });
      push({ type: 'health', health: health() });
      return ok(tunnelView());
    },
    hostKeys: () =>
      ok([
        {
          hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4mZkJ2mmkFxampleKeyOfAHost0123456789ab',
          fingerprint: 'SHA256:uVh7mZkJ2mmkF4b1nE1b3qXampleFingerprintOfAHost0',
        },
        {
          hostKey: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBExampleKey',
          fingerprint: 'SHA256:9pQ2mZkJ2mmkF4b1nE1b3qXampleFingerprintOfAHost1',
        },
      ]),
    probeNow: () => ok(tunnel?.proof ?? fakeTunnel(now).proof),
    addressPasted: () => {
      if (tunnel !== null) tunnel = { ...tunnel, formerUrls: [] };
      push({ type: 'health', health: health() });
      return ok(null);
    },
    coverage: () => ok(given.coverage ?? fakeMonth(now)),
    setOnCall: ({ on, until = null }) => {
      onCall = on ? { since: now, until, keptAwake: true, warnings: [] } : null;
      push({ type: 'health', health: health() });
      return ok(onCall);
    },
    handOver: () => ok({ from: now - 8 * 3_600_000, to: now, markdown: fakeHandOver }),
    reportView: () => ok(null),
    copyText: () => ok(null),
    openLink: () => ok(null),
    onPush: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  const recorded = Object.fromEntries(
    Object.entries(api).map(([name, call]) => [
      name,
      name === 'onPush'
        ? call
        : (argument: never) => {
            calls.push({ name, argument });
            return (call as (argument: never) => unknown)(argument);
          },
    ]),
  ) as unknown as BridgeApi;

  return {
    ...recorded,
    calls,
    push,
    fire: (number, changes = {}) => {
      change('opened', fakeAlert(number, now, { openedAt: now, ...changes }), 'event');
    },
    recover: (id) => {
      const alert = alerts.get(id);
      if (alert !== undefined)
        change('resolved', { ...alert, state: 'resolved', resolvedAt: now, resolvedBy: 'recovery' }, 'event');
    },
  };
}
