// One handler per call of the contract. They ask collaborators and translate; nothing is decided here.
import type { Alert, AlertId, DeliveryId, SourceId } from '../../shared/alert.ts';
import { compareAlerts } from '../../shared/alert-order.ts';
import type { DeliveryDetail, Health, Push, Quiet } from '../../shared/bridge.ts';
import type { DesktopFacts, StartAtLogin } from '../../shared/desktop-facts.ts';
import type { DeliveryLevels } from '../../shared/fired-level.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SoundName, SoundOutcome } from '../../shared/sound.ts';
import type { Storage } from '../../shared/storage.ts';
import type { NewSource, OldSecret, Source, SourceWithAddress } from '../../shared/source.ts';
import type { TestObstacle } from '../../shared/text/refusal-text.ts';
import type { AlertQueries } from '../alerts/alert-queries.ts';
import type { DeliveryQueries } from '../alerts/delivery-queries.ts';
import { CannotParseAgain, type ParseAgain } from '../alerts/parse-again.ts';
import type { Actions } from '../alerts/actions.ts';
import { longestSnoozeMs } from '../alerts/lifecycle-actions.ts';
import type { OpenAlerts } from '../alerts/open-alerts.ts';
import type { AlertStore } from '../alerts/alert-store.ts';
import type { Notices } from '../database/notices.ts';
import { isStorageTrouble } from '../database/open-database.ts';
import { StoreJobFailure } from '../database/store-jobs.ts';
import type { TimelineTable } from '../database/timeline-table.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { checkForwardedHeader, checkSourceChanges, type Refusal } from '../settings/source-rules.ts';
import type { SourceRecord } from '../settings/source-table.ts';
import { senderOf } from '../sources/catalogue.ts';
import { TestAlertFailure, type TestAlerts } from '../webhook/test-alert.ts';
import { BridgeFailure, type BridgeHandlers } from './bridge-call.ts';
import { createReachHandlers, type ReachHandlerParts } from './reach-handlers.ts';
import { createRefusing } from './refusing.ts';

/** Deliveries that a preview of changed rules looks back on. */
const mostLevels = 20;

export interface HandlerParts extends ReachHandlerParts {
  readonly actions: Actions;
  readonly queries: AlertQueries;
  readonly deliveries: DeliveryQueries;
  readonly parseAgain: ParseAgain;
  /** Null when there is no body, or no source, to read it by. */
  readonly levelsOf: (id: DeliveryId) => DeliveryLevels | null;
  readonly store: AlertStore;
  readonly openAlerts: OpenAlerts;
  readonly timeline: TimelineTable;
  readonly settings: SettingsStore;
  readonly notices: Notices;
  readonly storage: () => Promise<Storage>;
  readonly health: () => Health;
  readonly revision: () => number;
  /** The local address of a source, secret included. */
  readonly localUrl: (id: SourceId, secret: string) => string;
  /** Where senders outside call; null while there is no such place. */
  readonly publicUrl: (id: SourceId, secret: string) => string | null;
  readonly sendTestAlert: TestAlerts['send'];
  /** Epoch ms; null ends it. Answers with the state after it. */
  readonly setQuiet: (until: number | null) => Quiet | null;
  readonly longestQuietMs: number;
  /** Hears that settings are other ones now. */
  readonly onSettings: () => void;
  readonly playSound: (name: SoundName) => Promise<SoundOutcome>;
  /** Moves the listener; answers with a sentence when that port cannot be had, and then nothing has changed. */
  readonly movePort: (port: number) => Promise<string | null>;
  readonly diagnostics: () => Promise<string>;
  readonly endTestAlerts: () => Promise<void>;
  readonly announce: (push: Push) => void;
  /** Names of sources stand in alerts, so a rename reloads them. */
  readonly reloadAlerts: () => void;
  /** Null in headless. */
  readonly desktop: {
    copyText(text: string): Promise<void>;
    openLink(url: string): Promise<void>;
    noteFreeRows(freeRows: number): void;
    facts(): Promise<DesktopFacts>;
    setStartAtLogin(on: boolean): StartAtLogin;
    setShortcut(keys: string): boolean;
  } | null;
}

export function createBridgeHandlers(parts: HandlerParts): BridgeHandlers {
  const { actions, queries, deliveries, sources, settings, openAlerts } = parts;
  const { refusing } = createRefusing(parts.refusalText);

  const act = (ids: readonly AlertId[], action: Parameters<Actions['act']>[1]): Alert[] =>
    refusing(() => actions.act(ids, action));

  const listSources = (): Source[] => sources.list().map((record) => sourceOf(record, openAlerts));

  const withAddress = (record: SourceRecord): SourceWithAddress => {
    const secret = sources.secret(record.id);
    if (secret === null) {
      throw new BridgeFailure(
        'secret-lost',
        'The secret of this source was lost; remove it and add it again.',
      );
    }
    return {
      ...sourceOf(record, openAlerts),
      secret,
      localUrl: parts.localUrl(record.id, secret),
      publicUrl: parts.publicUrl(record.id, secret),
    };
  };

  const findSource = (id: SourceId): SourceRecord => {
    const record = sources.get(id);
    if (record === null) throw new BridgeFailure('unknown-source', `There is no source ${id}.`);
    return record;
  };

  const findDelivery = (id: DeliveryId): DeliveryDetail => {
    const delivery = deliveries.getDelivery(id);
    if (delivery === null) throw new BridgeFailure('unknown-delivery', `There is no delivery ${id}.`);
    return delivery;
  };

  const announceSources = (): void => {
    parts.announce({ type: 'sources', sources: listSources() });
    parts.announce({ type: 'health', health: parts.health() });
  };

  return {
    ...createReachHandlers(parts),
    health: () => parts.health(),
    listSources,
    addSource: (source: NewSource) => {
      const sender = senderOf(source.kind);
      if (sender === null) {
        throw new BridgeFailure('unsupported-kind', `This version cannot read ${source.kind} yet.`);
      }
      const record = refusing(() => sources.add(source, sender, parts.now()));
      announceSources();
      return withAddress(record);
    },
    updateSource: ({ id, changes }) => {
      findSource(id);
      const checked = checkSourceChanges(changes, parts.reaching.headerWith({}), parts.refusalText());
      if (checked.kind === 'refused') throw failureOf(checked.refusal);
      const record = refusing(() => sources.update(id, checked.changes, parts.now())) ?? findSource(id);
      if (changes.name !== undefined) parts.reloadAlerts();
      announceSources();
      return sourceOf(record, openAlerts);
    },
    removeSource: ({ id }) => {
      findSource(id);
      refusing(() => sources.remove(id, parts.now()));
      try {
        actions.applyDue();
      } catch (error) {
        // The source is gone all the same; its alerts follow as soon as the disk takes it.
        if (!isStorageTrouble(error)) throw error;
      }
      announceSources();
      return null;
    },
    rotateSecret: ({ id }) => {
      findSource(id);
      const record = refusing(() => sources.rotateSecret(id, parts.now())) ?? findSource(id);
      announceSources();
      return withAddress(record);
    },
    sourceAddress: ({ id }) => withAddress(findSource(id)),
    sourceLevels: ({ id }) => {
      findSource(id);
      const newest = deliveries.listDeliveries({ sourceId: id, limit: mostLevels }).deliveries;
      return newest.flatMap((delivery) => parts.levelsOf(delivery.id) ?? []);
    },
    listAlerts: (query) => refusing(() => ({ ...queries.listAlerts(query), revision: parts.revision() })),
    getAlert: ({ id }) => {
      const episode = openAlerts.problemById(id)?.last ?? parts.store.loadEpisode(id);
      if (episode === null) throw new BridgeFailure('unknown-alert', `There is no alert ${id}.`);
      return { ...episode.alert, timeline: parts.timeline.list(id), deliveries: deliveries.deliveriesOf(id) };
    },
    acknowledgeAlerts: ({ ids, note }) => act(ids, { kind: 'acknowledge', note: note?.trim() || null }),
    unacknowledgeAlerts: ({ ids }) => act(ids, { kind: 'unacknowledge' }),
    snoozeAlerts: ({ ids, minutes, until, untilRecovery }) => {
      const now = parts.now();
      const end = until ?? (minutes === undefined ? now + longestSnoozeMs : now + minutes * 60_000);
      if (until === undefined && minutes === undefined && untilRecovery !== true) {
        throw new BridgeFailure('bad-argument', 'Say how long: minutes, until or untilRecovery.');
      }
      if (end <= now) throw new BridgeFailure('bad-argument', '`until` is in the past.');
      return act(ids, { kind: 'snooze', until: end });
    },
    unsnoozeAlerts: ({ ids }) => act(ids, { kind: 'unsnooze' }),
    resolveAlerts: ({ ids, note }) => act(ids, { kind: 'resolve', note: note?.trim() || null }),
    reopenAlerts: ({ ids }) => act(ids, { kind: 'reopen' }),
    addNote: ({ id, text }) => act([id], { kind: 'note', text })[0] as Alert,
    listDeliveries: (query) => refusing(() => deliveries.listDeliveries(query)),
    getDelivery: ({ id }) => findDelivery(id),
    parseAgain: ({ id }) => {
      try {
        const { sourceId, before, after } = refusing(() => parts.parseAgain.parse(id));
        sources.noteParsedAgain(sourceId, before, after);
      } catch (error) {
        if (!(error instanceof CannotParseAgain)) throw error;
        throw new BridgeFailure(error.code, parts.refusalText().parseAgain[error.code]);
      }
      return findDelivery(id);
    },
    sendTestAlert: async (options) => {
      try {
        return await parts.sendTestAlert(options);
      } catch (error) {
        if (error instanceof TestAlertFailure) {
          const { code, message } = error;
          const { test } = parts.refusalText();
          throw new BridgeFailure(code, Object.hasOwn(test, code) ? test[code as TestObstacle] : message);
        }
        throw error;
      }
    },
    getStorage: async () => {
      try {
        return await parts.storage();
      } catch (error) {
        if (!(error instanceof StoreJobFailure)) throw error;
        throw new BridgeFailure('not-measured', `The store cannot be measured right now: ${error.message}.`);
      }
    },
    dismissNotice: ({ code }) => {
      if (parts.notices.dismiss(code)) parts.announce({ type: 'health', health: parts.health() });
      return null;
    },
    getSettings: () => settings.current,
    updateSettings: async ({ changes }) => {
      const { forwardedHeader } = changes;
      const refusal =
        forwardedHeader === undefined
          ? null
          : checkForwardedHeader(
              parts.reaching.headerWith({ setting: forwardedHeader }),
              sources.list(),
              parts.refusalText(),
            );
      if (refusal !== null) throw failureOf(refusal);
      const { port, shortcut } = settings.current;
      // First what may fail for a reason of its own, so that a setting never says what is not so.
      const wanted = changes.port ?? port;
      const isMove = wanted !== port;
      const obstacle = isMove ? await parts.movePort(wanted) : null;
      if (obstacle !== null) throw new BridgeFailure('port-taken', obstacle);
      const takesKeys = parts.desktop?.setShortcut(changes.shortcut ?? shortcut) ?? true;
      if (!takesKeys) {
        if (isMove) await parts.movePort(port);
        throw new BridgeFailure('shortcut-refused', parts.refusalText().shortcut);
      }
      let updated: Settings;
      try {
        updated = refusing(() => settings.update(changes));
      } catch (error) {
        if (isMove) await parts.movePort(port);
        parts.desktop?.setShortcut(shortcut);
        throw error;
      }
      parts.announce({ type: 'settings', settings: updated });
      // Its sentences are in the language of the settings.
      parts.announce({ type: 'health', health: parts.health() });
      parts.onSettings();
      return updated;
    },
    setQuiet: ({ until }) => {
      const aheadMs = until === null ? 0 : until - parts.now();
      if (aheadMs < 0) throw new BridgeFailure('bad-argument', '`until` is in the past.');
      if (aheadMs > parts.longestQuietMs)
        throw new BridgeFailure('bad-argument', '`until` is more than a day ahead.');
      return refusing(() => parts.setQuiet(until));
    },
    playSound: ({ name }) => {
      needDesktop(parts);
      return parts.playSound(name);
    },
    desktopFacts: () => needDesktop(parts).facts(),
    setStartAtLogin: ({ on }) => {
      const desktop = needDesktop(parts);
      try {
        return desktop.setStartAtLogin(on);
      } catch (error) {
        throw new BridgeFailure('system-refused', error instanceof Error ? error.message : String(error));
      }
    },
    diagnostics: async () => ({ text: await parts.diagnostics() }),
    endTestAlerts: async () => {
      await parts.endTestAlerts();
      return null;
    },
    watch: () => ({
      revision: parts.revision(),
      alerts: [...openAlerts.alerts()].toSorted(compareAlerts),
      health: parts.health(),
      sources: listSources(),
      settings: settings.current,
    }),
    reportView: ({ freeRows }) => {
      needDesktop(parts).noteFreeRows(freeRows);
      return null;
    },
    copyText: async ({ text }) => {
      await needDesktop(parts).copyText(text);
      return null;
    },
    openLink: async ({ url }) => {
      await needDesktop(parts).openLink(url);
      return null;
    },
  };
}

function needDesktop(parts: HandlerParts): NonNullable<HandlerParts['desktop']> {
  if (parts.desktop === null)
    throw new BridgeFailure('no-desktop', 'This needs a desktop; the app runs headless.');
  return parts.desktop;
}

function failureOf({ code, message }: Refusal): BridgeFailure {
  return new BridgeFailure(code, message);
}

function sourceOf(record: SourceRecord, openAlerts: OpenAlerts): Source {
  const { secretHash: _hash, expectSince: _since, oldSecret, deliveries, notUnderstood, ...source } = record;
  let open = 0;
  for (const alert of openAlerts.alerts()) if (alert.sourceId === record.id) open += 1;
  return {
    ...source,
    defaultPriorityMap: senderOf(record.kind)?.defaultPriorityMap ?? {},
    oldSecret: oldSecret === null ? null : withoutHash(oldSecret),
    counts: { open, deliveries, notUnderstood },
  };
}

function withoutHash({ until, lastUsedAt, lastUsedBy }: OldSecret): OldSecret {
  return { until, lastUsedAt, lastUsedBy };
}
