// The wiring: builds the parts, starts and stops them, and fans changes out. Runs in plain Node.
import { countAlerts } from '../shared/alert-order.ts';
import type { Health, Push } from '../shared/bridge.ts';
import type { Hearing } from '../shared/hearing.ts';
import { pickLanguage } from '../shared/text/language.ts';
import { noticeOf } from '../shared/text/notice-text.ts';
import { type Texts, textsOf } from '../shared/text/texts.ts';
import { Actions } from './alerts/actions.ts';
import { AlertQueries } from './alerts/alert-queries.ts';
import { AlertStore } from './alerts/alert-store.ts';
import { AlertWords } from './alerts/alert-words.ts';
import { Changes } from './alerts/changes.ts';
import { levelsOf } from './alerts/delivery-levels.ts';
import { DeliveryQueries } from './alerts/delivery-queries.ts';
import { DeliveryTable } from './alerts/delivery-table.ts';
import { Ingest } from './alerts/ingest.ts';
import { OpenAlerts } from './alerts/open-alerts.ts';
import { Retention } from './alerts/retention.ts';
import { ParseAgain } from './alerts/parse-again.ts';
import { Ledger } from './alerts/transaction.ts';
import { Addresses } from './addresses.ts';
import { type App, type AppOptions, StartFailure } from './app-parts.ts';
import { startControlSocket } from './control/control-socket.ts';
import { hasRoom } from './data-folder.ts';
import { Notices } from './database/notices.ts';
import { isDamage, isStorageTrouble } from './database/open-database.ts';
import { TimelineTable } from './database/timeline-table.ts';
import { createLog } from './log.ts';
import { longestQuietMs, nextMorning } from './notifications/quiet.ts';
import { within } from './notifications/time-limit.ts';
import { createNotifying } from './notifying.ts';
import { type Closer, guardHandlers, type Life, startReopening } from './reopening.ts';
import { Repeated } from './repeated.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { SourceStore } from './settings/source-store.ts';
import type { SourceRecord } from './settings/source-table.ts';
import { senderOf } from './sources/catalogue.ts';
import { StoreCare } from './store-care.ts';
import { deliveriesListed, diagnosticsText } from './system/diagnostics.ts';
import { trayFace } from './tray/tray-face.ts';
import type { TrayAction, TrayFace } from './tray/tray-view.ts';
import { type HearingFacts, hearingOf } from './tunnel/hearing.ts';
import { Listener } from './webhook/listener.ts';
import { readAgain } from './webhook/read-delivery.ts';
import { startWebhookServer } from './webhook/server.ts';
import { isTestAlert, TestAlerts } from './webhook/test-alert.ts';
import { createBridgeHandlers } from './window/bridge-handlers.ts';

/** How late a snooze may end or an alert be closed by time. */
const dueMs = 1000;
/** How long the numbers beside a source may lag behind. */
const activityMs = 1000;
/** How soon what is over can be found by its words. */
const indexingMs = 250;
/** How long it works on that at once; the commit takes a few ms more. The listener waits meanwhile. */
const indexingAtOnceMs = 7;
/** How often a port that was taken is tried again. */
const relistenMs = 3000;
/** Stopping waits for test alerts to be taken back, but not longer than this. */
const takeBackMs = 300;

/**
 * Starts everything. With a desktop a taken port is not the end: the app runs and says that it is deaf.
 * Throws `StartFailure`.
 */
export function startApp(options: AppOptions): Promise<App> {
  return startReopening(options, live);
}

async function live(life: Life): Promise<App> {
  const { options, opened } = life;
  const { dataDir, desktop } = options;
  const log = createLog(options.log);
  const now = Date.now;
  const onDamage = (why: unknown): void => {
    if (!life.onDamage(why)) learn({ storeDamaged: true });
  };
  const onFault = (error: unknown): void => {
    log.error({ err: error }, 'fault');
    if (isDamage(error)) onDamage(error);
  };

  // The store and what lives in it.
  const { db } = life;
  const settings = new SettingsStore(db);
  const sources = new SourceStore(db, life.secrets, now());
  const timeline = new TimelineTable(db);
  const store = new AlertStore(db, (id) => sources.nameAndKind(id));
  const webhookUrl = (): string => `http://127.0.0.1:${webhook.port}`;
  const addresses = new Addresses({ sources, base: webhookUrl, isListening: () => webhook.isListening, now });
  const onStoreState = (storeWritable: boolean, trouble?: unknown): void => {
    learn({ storeWritable });
    if (isDamage(trouble)) onDamage(trouble);
  };
  const openAlerts = new OpenAlerts();
  openAlerts.load(store);
  const changes = new Changes(onFault);
  const ledger = new Ledger({ db, store, timeline, openAlerts, changes, onStoreState });
  const elapsed = (): number => performance.now();
  const words = new AlertWords({ db, store, sourceNames: () => sources.names() });
  const queries = new AlertQueries({ db, store, words, elapsed });
  const deliveries = new DeliveryTable(db);
  const actions = new Actions({
    ledger,
    store,
    openAlerts,
    closeAfterMinutes: (id) => sources.get(id)?.closeAfterMinutes ?? null,
    isRemoved: (id) => sources.isRemoved(id),
    now,
  });
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
  let facts: Omit<HearingFacts, 'sources'> = {
    listener: 'starting',
    storeWritable: true,
    storeDamaged: false,
  };
  const webhook = new Listener(
    {
      start: (port) =>
        startWebhookServer(
          {
            ingest,
            admit: (id, secret) => addresses.admit(id, secret),
            admitByKey: (key) => addresses.admitByKey(key),
            now,
            forwardedHeader: () => settings.current.forwardedHeader,
            onStored: (id, stored, at) => sources.noteDelivery(id, at, stored.verdict),
            onOldSecret: (id, by, at) => sources.noteOldSecret(id, at, by),
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
    notices: notices.list().map(({ at, news }) => noticeOf(texts().language, news, at)),
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

  // The care of the store.
  const notices = new Notices(db);
  for (const news of life.news) {
    log.error({ news }, 'news of the store');
    notices.raise(news, now());
  }
  const care = new StoreCare({
    dataDir,
    db,
    now,
    notices,
    retention: new Retention({ db, forgetWords: (alerts) => words.forget(alerts) }),
    isChecked: life.isChecked,
    onDamage,
    onNews: () => announce({ type: 'health', health: health() }),
    onFault,
    log,
  });
  opened.push(() => care.stop());

  // Tray.
  const renderTray = (): void => {
    try {
      desktop?.tray.render(lookOfTray);
    } catch (error) {
      // Drawn from within commits and the start: an icon that cannot be drawn must undo neither.
      onFault(error);
    }
  };
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

  // Looks every second instead of waking when something is due: sleep, a clock that was set and a changed rule then need
  // no thought.
  const due = new Repeated(dueMs, onFault, () => {
    if (facts.storeWritable) actions.applyDue();
  });

  // Intake.
  const ingest = new Ingest({ ledger, store, deliveries, onFault });
  const parseAgain = new ParseAgain({
    ledger,
    store,
    deliveries,
    read: (kept) => {
      const source = addresses.reader(kept.sourceId);
      return source === null ? null : { origin: source.origin, content: readAgain(source, kept, onFault) };
    },
  });
  const activity = new Repeated(activityMs, onFault, () => {
    // Nobody may send anything for hours: find out ourselves when the disk takes it again.
    if (!facts.storeWritable && hasRoom(dataDir)) {
      ledger.testWrite();
      learn({ storeWritable: true });
    }
    const dropped = sources.dropExpired(now());
    if (!dropped && !sources.hasActivity()) return;
    sources.saveActivity();
    announce({
      type: 'sources',
      sources: handlers.listSources({}) as Extract<Push, { type: 'sources' }>['sources'],
    });
    renderTray();
  });
  const testAlerts = new TestAlerts({ target: (id) => addresses.testTarget(id), now, onFault });
  const deliveryQueries = new DeliveryQueries({ db, store, elapsed });
  const handlers = createBridgeHandlers({
    actions,
    queries,
    deliveries: deliveryQueries,
    parseAgain,
    levelsOf: (id) => {
      const kept = deliveries.load(id);
      const source = kept === null ? null : addresses.reader(kept.sourceId);
      if (kept === null || source === null || kept.bodyRemoved) return null;
      // A paused source would hear recoveries only; the question is what it would make of the rest.
      return levelsOf(kept, readAgain({ paused: false, sender: source.sender }, kept, onFault));
    },
    store,
    openAlerts,
    timeline,
    sources,
    settings,
    notices,
    storage: () => care.storage(),
    health,
    revision: () => ledger.revision,
    now,
    refusalText: () => texts().refusal,
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
        deliveries: deliveryQueries.listDeliveries({ limit: deliveriesListed }).deliveries,
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

  // Off the hot path: what is over becomes findable by its words.
  const indexing = new Repeated(indexingMs, onFault, () => {
    if (!facts.storeWritable) return;
    const begun = elapsed();
    words.keepUp(() => elapsed() - begun < indexingAtOnceMs);
  });
  opened.push(
    () => activity.stop(),
    () => indexing.stop(),
    () => due.stop(),
  );
  const leftOver = [...openAlerts.alerts()].filter(isTestAlert).map(({ id }) => id);
  try {
    if (leftOver.length > 0)
      actions.act(leftOver, { kind: 'resolve', note: 'A test alert left over from before the restart.' });
  } catch (error) {
    // A disk that does not take it must not keep the app from starting.
    if (isDamage(error) || !isStorageTrouble(error)) throw error;
  }
  notifying.begin();

  // Doors open: first the control socket, so that the state can be asked for while the listener comes up.
  const control = await startControlSocket({
    dataDir,
    handlers: guardHandlers(() => handlers, onDamage),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCrash: onFault,
  });
  opened.push(control.stop);
  if (desktop !== null && sources.isFirstStart()) {
    const sender = senderOf('cloudmonitor');
    if (sender !== null) sources.add({ kind: 'cloudmonitor', name: 'CloudMonitor' }, sender, now());
  }
  const obstacle = await webhook.listen();
  if (obstacle !== null) {
    if (desktop === null && life.isFirst) throw new StartFailure('port-taken', obstacle.message);
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
