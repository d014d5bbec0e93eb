// The wiring: builds the parts, starts and stops them, and fans changes out. Runs in plain Node.
import type { AlertChange } from '../shared/alert.ts';
import { countAlerts } from '../shared/alert-order.ts';
import type { Health, Push } from '../shared/bridge.ts';
import type { Hearing } from '../shared/hearing.ts';
import { pickLanguage } from '../shared/text/language.ts';
import { type Texts, textsOf } from '../shared/text/texts.ts';
import { Actions } from './alerts/actions.ts';
import { AlertQueries } from './alerts/alert-queries.ts';
import { AlertStore } from './alerts/alert-store.ts';
import { Changes } from './alerts/changes.ts';
import { Ingest } from './alerts/ingest.ts';
import { OpenAlerts } from './alerts/open-alerts.ts';
import { SnoozeTimer } from './alerts/snooze-timer.ts';
import { Ledger } from './alerts/transaction.ts';
import { Addresses } from './addresses.ts';
import { type App, type AppOptions, StartFailure } from './app-parts.ts';
import { startControlSocket } from './control/control-socket.ts';
import { type DataFolder, folderUnusable, hasRoom, openDataFolder } from './data-folder.ts';
import { TimelineTable } from './database/timeline-table.ts';
import { createLog } from './log.ts';
import { longestQuietMs, nextMorning } from './notifications/quiet.ts';
import { within } from './notifications/time-limit.ts';
import { createNotifying } from './notifying.ts';
import { Repeated } from './repeated.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { type SourceRecord, SourceStore } from './settings/source-store.ts';
import { senderOf } from './sources/catalogue.ts';
import { deliveriesListed, diagnosticsText } from './system/diagnostics.ts';
import { trayFace } from './tray/tray-face.ts';
import type { TrayAction, TrayFace } from './tray/tray-view.ts';
import { type HearingFacts, hearingOf } from './tunnel/hearing.ts';
import { Listener } from './webhook/listener.ts';
import { startWebhookServer } from './webhook/server.ts';
import { isTestAlert, TestAlerts } from './webhook/test-alert.ts';
import { createBridgeHandlers } from './window/bridge-handlers.ts';

/** How long the numbers beside a source may lag behind. */
const activityMs = 1000;
/** How often a port that was taken is tried again. */
const relistenMs = 3000;
/** Stopping waits for test alerts to be taken back, but not longer than this. */
const takeBackMs = 300;

/**
 * Starts everything. With a desktop a taken port is not the end: the app runs and says that it is deaf.
 * Throws `StartFailure`.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const folder = openDataFolder(options.dataDir);
  const opened: Closer[] = [folder.close];
  try {
    return await startIn(folder, options, opened);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error instanceof StartFailure ? error : folderUnusable(options.dataDir, error);
  }
}

/** Closes one thing that was opened; what was opened last is closed first. */
type Closer = () => Promise<void> | void;

async function startIn(folder: DataFolder, options: AppOptions, opened: Closer[]): Promise<App> {
  const { dataDir, desktop } = options;
  const log = createLog(options.log);
  const now = Date.now;
  const onFault = (error: unknown): void => log.error({ err: error }, 'fault');

  // The store and what lives in it.
  const { db } = folder;
  const settings = new SettingsStore(db);
  const sources = new SourceStore(db, folder.secrets);
  const timeline = new TimelineTable(db);
  const store = new AlertStore(db, (id) => sources.nameAndKind(id));
  const webhookUrl = (): string => `http://127.0.0.1:${webhook.port}`;
  const addresses = new Addresses(sources, webhookUrl);
  const onStoreState = (storeWritable: boolean): void => learn({ storeWritable });
  const openAlerts = new OpenAlerts();
  openAlerts.load(store);
  const changes = new Changes(onFault);
  const ledger = new Ledger({ db, store, timeline, openAlerts, changes, onStoreState });
  const queries = new AlertQueries(db, store);
  const actions = new Actions({ ledger, store, openAlerts, now });
  const texts = (): Texts => textsOf(pickLanguage(settings.current.language, options.locale()));

  // What everybody is told.
  const listeners = new Set<(push: Push) => void>();
  if (desktop !== null) listeners.add(desktop.push);
  const announce = (push: Push): void => {
    for (const listener of listeners) {
      try {
        listener(push);
      } catch (error) {
        onFault(error);
      }
    }
  };

  // Hearing.
  let facts: Omit<HearingFacts, 'sources'> = { listener: 'starting', storeWritable: true };
  const webhook = new Listener(
    {
      start: (port) =>
        startWebhookServer(
          {
            ingest,
            admit: (id, secret) => addresses.admit(id, secret),
            now,
            onStored: (id, stored, at) => sources.noteDelivery(id, at, stored.verdict),
            onFault,
          },
          port,
        ),
      onState: (state) => {
        learn({ listener: state });
        // A move changes the port and nothing else.
        if (state === 'up') tellHealth();
      },
    },
    options.port ?? settings.current.port,
  );
  const hearing = (): Hearing => hearingOf({ ...facts, sources: sourcesFact(sources.list()) }, texts());
  const health = (): Health => ({
    version: options.version,
    hearing: hearing(),
    listener: { port: webhook.port },
    tunnel: null,
    counts: countAlerts(openAlerts.alerts()),
    notifications: announcer.health,
    quiet: announcer.quiet,
    revision: ledger.revision,
  });
  const learn = (news: Partial<typeof facts>): void => {
    if (Object.entries(news).every(([name, value]) => facts[name as keyof typeof facts] === value)) return;
    facts = { ...facts, ...news };
    log.info({ ...facts, state: hearing().state }, 'hearing changed');
    tellHealth();
    announcer.followHearing(hearing());
  };
  const tellHealth = (): void => {
    announce({ type: 'health', health: health() });
    renderTray();
  };

  // Notifications.
  const notifying = createNotifying({
    db,
    timeline,
    queries,
    openAlerts,
    actions,
    settings,
    desktop,
    texts,
    now,
    announce,
    onState: () => tellHealth(),
    onStoreState,
    onFault,
  });
  const { announcer } = notifying;

  // Tray.
  const renderTray = (): void => desktop?.tray.render(lookOfTray);
  const lookOfTray = (): TrayFace =>
    trayFace({
      unresolved: openAlerts.alerts(),
      hearing: hearing(),
      notificationsFail: announcer.health.state === 'failing',
      quiet: announcer.quiet,
      texts: texts(),
      lastDeliveryAt: Math.max(0, ...sources.list().map((source) => source.lastDeliveryAt ?? 0)) || null,
      webhookUrlKnown: addresses.newest() !== null,
    });

  // The fan-out: every reaction to alerts is one of these three lines.
  changes.subscribe((batch) => announcer.handle(batch));
  changes.subscribe(() => renderTray());
  changes.subscribe((batch) => announce({ type: 'changes', changes: [...batch] }));

  const snoozes = new SnoozeTimer(actions, now, onFault);
  changes.subscribe((batch) => {
    if (batch.some(concernsSnooze)) snoozes.schedule();
  });
  snoozes.schedule();

  // Intake.
  const ingest = new Ingest({ ledger, store, onFault });
  const activity = new Repeated(activityMs, onFault, () => {
    // Nobody may send anything for hours: find out ourselves when the disk takes it again.
    if (!facts.storeWritable && hasRoom(dataDir)) {
      ledger.testWrite();
      learn({ storeWritable: true });
    }
    if (!sources.hasActivity()) return;
    sources.saveActivity();
    announce({
      type: 'sources',
      sources: handlers.listSources({}) as Extract<Push, { type: 'sources' }>['sources'],
    });
    renderTray();
  });
  const testAlerts = new TestAlerts({ target: (id) => addresses.testTarget(id), now, onFault });
  const handlers = createBridgeHandlers({
    actions,
    queries,
    store,
    openAlerts,
    timeline,
    sources,
    settings,
    health,
    revision: () => ledger.revision,
    now,
    localUrl: (id, secret) => addresses.local(id, secret),
    sendTestAlert: (test) => testAlerts.send(test),
    setQuiet: notifying.setQuiet,
    longestQuietMs,
    onSettings: () => announcer.rulesChanged(),
    playSound: notifying.playSound,
    movePort: async (port) => (await webhook.move(port))?.message ?? null,
    diagnostics: async () =>
      diagnosticsText({
        at: now(),
        runningMs: process.uptime() * 1000,
        node: process.versions.node,
        health: health(),
        desktop: (await desktop?.facts()) ?? null,
        sources: await handlers.listSources({}),
        deliveries: queries.listDeliveries({ limit: deliveriesListed }).deliveries,
        settings: settings.current,
      }),
    endTestAlerts: () => testAlerts.takeAllBack(),
    announce: (push) => {
      announce(push);
      renderTray();
    },
    reloadAlerts: () => openAlerts.load(store),
    desktop,
  });

  opened.push(
    () => activity.stop(),
    () => snoozes.stop(),
  );
  for (const alert of [...openAlerts.alerts()].filter(isTestAlert)) {
    actions.act([alert.id], { kind: 'resolve', note: 'A test alert left over from before the restart.' });
  }
  notifying.begin();

  // Doors open: first the control socket, so that the state can be asked for while the listener comes up.
  const control = await startControlSocket({
    dataDir,
    handlers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCrash: onFault,
  });
  opened.push(control.stop);
  if (desktop !== null && sources.isFirstStart()) {
    const sender = senderOf('cloudmonitor');
    if (sender !== null)
      sources.add({ kind: 'cloudmonitor', name: 'CloudMonitor' }, sender.defaultPriorityMap, now());
  }
  const obstacle = await webhook.listen();
  if (obstacle !== null) {
    if (desktop === null) throw new StartFailure('port-taken', obstacle.message);
    log.error({ code: obstacle.code }, obstacle.message);
  }
  // Whoever has the port may let go of it: deafness ends by itself, not at the next start.
  const relisten = new Repeated(relistenMs, onFault, () => void webhook.listen().catch(onFault));
  opened.push(() => relisten.stop());
  renderTray();
  log.info({ port: webhook.port, open: openAlerts.size }, 'started');

  const actOnTray = async (action: TrayAction): Promise<void> => {
    switch (action.kind) {
      case 'show-window':
        return desktop?.showWindow(null);
      case 'show-alert':
        return desktop?.showWindow(action.id);
      case 'acknowledge':
        return void actions.act(action.ids, { kind: 'acknowledge', note: null });
      case 'copy-webhook-url': {
        const address = addresses.newest();
        if (address !== null) await desktop?.copyText(address.url);
        return;
      }
      case 'send-test-alert':
        return void (await handlers.sendTestAlert({}));
      case 'quiet-minutes':
        return void (await handlers.setQuiet({ until: now() + action.minutes * 60_000 }));
      case 'quiet-until-morning':
        return void (await handlers.setQuiet({ until: nextMorning(now()) }));
      case 'end-quiet':
        return void (await handlers.setQuiet({ until: null }));
      case 'quit':
        return desktop?.quit();
    }
  };

  let stopping: Promise<void> | null = null;
  /** Each step is tried, whatever became of the one before: a full disk must not leave a door open. */
  const stop = async (): Promise<void> => {
    const steps: Closer[] = [
      () => within(takeBackMs, 'taking test alerts back took too long', testAlerts.takeAllBack()),
      () => webhook.stop(),
      () => ingest.flush(),
      () => changes.flush(),
      () => notifying.log.flush(),
      () => announcer.stop(),
      () => notifying.log.flush(),
      () => sources.saveActivity(),
      () => void db.pragma('optimize'),
      ...opened.toReversed(),
    ];
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        onFault(error);
      }
    }
    log.info('stopped');
  };

  return {
    handlers,
    get webhookUrl() {
      return webhookUrl();
    },
    controlSocket: control.path,
    tryIt: () => addresses.tryIt(),
    actOnTray: (action) => void actOnTray(action).catch(onFault),
    stop: () => (stopping ??= stop()),
  };
}

function sourcesFact(sources: readonly SourceRecord[]): HearingFacts['sources'] {
  if (sources.length === 0) return 'none';
  return sources.every((source) => source.paused) ? 'all-paused' : 'some';
}

function concernsSnooze(change: AlertChange): boolean {
  return change.alert.snoozedUntil !== null || (change.before?.snoozedUntil ?? null) !== null;
}
