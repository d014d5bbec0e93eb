// The wiring: builds the parts, starts and stops them, and fans changes out. Runs in plain Node.
import { countAlerts } from '../shared/alert-order.ts';
import type { Health, Push } from '../shared/bridge.ts';
import type { Gap } from '../shared/coverage.ts';
import { gapSummary } from '../shared/gap-summary.ts';
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
import { QuietSources } from './alerts/quiet-sources.ts';
import { Retention } from './alerts/retention.ts';
import { ParseAgain } from './alerts/parse-again.ts';
import { Ledger } from './alerts/transaction.ts';
import { Addresses } from './addresses.ts';
import { type App, type AppOptions, StartFailure } from './app-parts.ts';
import { startControlSocket } from './control/control-socket.ts';
import { Notices } from './database/notices.ts';
import { isDamage } from './database/open-database.ts';
import { TimelineTable } from './database/timeline-table.ts';
import { diagnose } from './diagnosing.ts';
import { createLog } from './log.ts';
import { longestQuietMs } from './notifications/quiet.ts';
import { within } from './notifications/time-limit.ts';
import { createNotifying } from './notifying.ts';
import { createOnCalling } from './on-calling.ts';
import { letTimePass } from './passing-time.ts';
import { createReaching } from './reaching.ts';
import { type Closer, guardHandlers, type Life, startReopening } from './reopening.ts';
import { Repeated } from './repeated.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { SourceStore } from './settings/source-store.ts';
import { senderOf } from './sources/catalogue.ts';
import { StoreCare } from './store-care.ts';
import type { LocalFacts } from './tunnel/hearing-watch.ts';
import { createTraying } from './traying.ts';
import { Listener } from './webhook/listener.ts';
import { readAgain } from './webhook/read-delivery.ts';
import { startWebhookServer } from './webhook/server.ts';
import { TestAlerts } from './webhook/test-alert.ts';
import { createBridgeHandlers } from './window/bridge-handlers.ts';

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
  let isDamaged = false;
  const onDamage = (why: unknown): void => {
    // What hears of it writes to the same store: once is enough.
    if (life.onDamage(why) || isDamaged) return;
    isDamaged = true;
    learn({ storeDamaged: true });
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
  const addresses = new Addresses({
    sources,
    base: webhookUrl,
    publicBase: () => reaching.publicUrl(),
    isProven: () => reaching.isProven(),
    isListening: () => webhook.isListening,
    now,
  });
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
  const webhook = new Listener(
    {
      start: (port) =>
        startWebhookServer(
          {
            ingest,
            admit: (id, secret) => addresses.admit(id, secret),
            admitByKey: (key) => addresses.admitByKey(key),
            now,
            probes: reaching.passes,
            forwardedHeader: () => reaching.headerWith({}),
            onStored: (id, stored, at, host) => {
              sources.noteDelivery(id, at, stored.verdict);
              reaching.watch.noteDelivery(host);
            },
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
  const reaching = createReaching({
    db,
    dataDir,
    version: options.version,
    run: life.run,
    settings,
    sources,
    desktop,
    port: () => (webhook.isListening ? webhook.port : null),
    isOnCall: () => onCalling.mode.isOn,
    texts,
    now,
    elapsed,
    onHearing: () => {
      const hearing = reaching.hearing();
      log.info({ ...reaching.watch.facts, state: hearing.state }, 'hearing changed');
      tellHealth();
      announcer.followHearing(hearing);
    },
    onProof: () => tellHealth(),
    onTunnel: () => {
      tellHealth();
      announcer.followAddress(reaching.tunnel.state ?? { publicUrl: null, formerUrls: [] });
    },
    onGapEnd: (gap) =>
      announcer.gapOver((gap.endedAt ?? now()) - gap.startedAt, gapSummary(gap, sources.list())),
    onFault,
  });
  opened.push(reaching.stop);
  const health = (): Health => ({
    version: options.version,
    hearing: reaching.hearing(),
    listener: { port: webhook.port },
    tunnel: reaching.status(),
    onCall: onCalling.mode.state,
    counts: countAlerts(openAlerts.alerts()),
    notifications: announcer.health,
    quiet: announcer.quiet,
    revision: ledger.revision,
    notices: notices.list().map(({ at, news }) => noticeOf(texts().language, news, at)),
  });
  const learn = (news: Partial<LocalFacts>): void => reaching.watch.learn(news);
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
    log,
    announce,
    onState: () => tellHealth(),
    onStoreState,
    onFault,
  });
  const { announcer } = notifying;
  const isHearing = (): boolean => reaching.hearing().state === 'hearing';
  const gapsSince = (from: number): readonly Gap[] => reaching.watch.gapsSince(from);
  const onCalling = createOnCalling({
    db,
    settings,
    sources,
    openAlerts,
    announcer,
    desktop,
    isHearing,
    hasNetwork: () => reaching.network.hasNetwork,
    gapsSince,
    ledgerSince: () => reaching.coverage(1).since,
    texts,
    now,
    elapsed,
    onState: () => {
      reaching.watch.learn();
      tellHealth();
    },
    onFault,
  });
  opened.push(() => onCalling.mode.stop());

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
  const renderTray = (): void => traying.render();
  const traying = createTraying({
    desktop,
    actions,
    openAlerts,
    sources,
    addresses,
    announcer,
    reaching,
    onCall: onCalling.mode,
    handlers: () => handlers,
    texts,
    now,
    onFault,
  });

  // The fan-out: every reaction to alerts is one of these three lines.
  changes.subscribe((batch) => announcer.handle(batch));
  changes.subscribe(() => renderTray());
  changes.subscribe((batch) => announce({ type: 'changes', changes: [...batch] }));

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
    publicUrl: (id, secret) => addresses.public(id, secret),
    tunnelText: () => texts().tunnel,
    sendTestAlert: (test) => testAlerts.send(test),
    setQuiet: notifying.setQuiet,
    longestQuietMs,
    onSettings: () => announcer.rulesChanged(),
    playSound: notifying.playSound,
    reaching,
    onCall: onCalling.mode,
    handOver: onCalling.handOver,
    movePort: async (port) => (await webhook.move(port))?.message ?? null,
    diagnostics: () =>
      diagnose({ health, desktop, handlers: () => handlers, deliveryQueries, settings, now }),
    endTestAlerts: () => testAlerts.takeAllBack(),
    announce: (push) => {
      announce(push);
      if (push.type === 'sources') reaching.watch.learn();
      renderTray();
    },
    reloadAlerts: () => openAlerts.load(store),
    desktop,
  });

  opened.push(
    letTimePass({
      dataDir,
      ledger,
      actions,
      quietSources: new QuietSources({
        ledger,
        store,
        openAlerts,
        sources: () => sources.list(),
        isHearing,
        gapsSince,
        texts,
        now,
      }),
      openAlerts,
      words,
      sources,
      reaching,
      onCall: onCalling.mode,
      onActivity: () => {
        announce({
          type: 'sources',
          sources: handlers.listSources({}) as Extract<Push, { type: 'sources' }>['sources'],
        });
        renderTray();
      },
      now,
      elapsed,
      onFault,
    }),
  );
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

  let stopping: Promise<void> | null = null;
  /** Each step is tried, whatever became of the one before: a full disk must not leave a door open. */
  const stop = async (): Promise<void> => {
    const steps: Closer[] = [
      // First of all: what goes down from here on is no news.
      () => reaching.watch.stop(),
      () => within(takeBackMs, 'taking test alerts back took too long', testAlerts.takeAllBack()),
      // Begun before the port is free, so that nobody else's is shown to the world; waited for below.
      () => void reaching.tunnel.stop(),
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
    actOnTray: traying.act,
    stop: () => (stopping ??= stop()),
  };
}
