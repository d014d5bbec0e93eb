// A real store in a temporary folder with a clock that the test moves; what app.ts builds around it is left out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import type { AlertChange } from '../../shared/alert.ts';
import type { AlertEvent, ProblemDescription } from '../../main/alerts/alert-event.ts';
import { Actions } from '../../main/alerts/actions.ts';
import { AlertQueries } from '../../main/alerts/alert-queries.ts';
import { AlertStore } from '../../main/alerts/alert-store.ts';
import { AlertWords } from '../../main/alerts/alert-words.ts';
import { Changes } from '../../main/alerts/changes.ts';
import type { EventOrigin } from '../../main/alerts/episode.ts';
import { DeliveryQueries } from '../../main/alerts/delivery-queries.ts';
import { DeliveryTable } from '../../main/alerts/delivery-table.ts';
import { Ingest, type Stored } from '../../main/alerts/ingest.ts';
import { OpenAlerts } from '../../main/alerts/open-alerts.ts';
import { Ledger } from '../../main/alerts/transaction.ts';
import { openDatabase, type Store } from '../../main/database/open-database.ts';
import { TimelineTable } from '../../main/database/timeline-table.ts';

export const origin: EventOrigin = {
  sourceId: 'cm-test',
  sourceKind: 'cloudmonitor',
  sourceName: 'Test',
  priorityMap: { CRITICAL: 'critical', WARN: 'medium', INFO: 'low', NODATA: 'medium' },
  noData: 'open',
};

export function description(
  level: string | null,
  more: Partial<ProblemDescription> = {},
): ProblemDescription {
  return {
    level,
    title: 'CPU high',
    text: 'cpu 97 %',
    resource: 'web-1',
    value: '97',
    condition: '>= 90',
    labels: {},
    links: [],
    ...more,
  };
}

export function firing(
  sentAt: number | null,
  level: string | null = 'WARN',
  episodeName: string | null = null,
  key = 'k',
): AlertEvent {
  return { kind: 'firing', noData: false, key, episodeName, sentAt, description: description(level) };
}

export function recovered(sentAt: number | null, episodeName: string | null = null, key = 'k'): AlertEvent {
  return { kind: 'recovered', key, episodeName, sentAt, description: description(null, { value: '12' }) };
}

/** The ledger with everything it needs; `restart` closes and opens the store as a new process would. */
export class TestLedger {
  readonly folder = mkdtempSync(join(tmpdir(), 'tocsin-ledger-'));
  readonly told: AlertChange[] = [];
  now = 1_000_000;
  /** The rule of the one source there is. */
  closeAfterMinutes: number | null = null;
  /** Whether that source was removed. */
  isRemoved = false;
  /** Reports of `onStoreState` and `onFault`. */
  readonly storeStates: boolean[] = [];
  readonly faults: unknown[] = [];
  db!: Store;
  store!: AlertStore;
  timeline!: TimelineTable;
  openAlerts!: OpenAlerts;
  changes!: Changes;
  ledger!: Ledger;
  ingest!: Ingest;
  actions!: Actions;
  queries!: AlertQueries;
  deliveries!: DeliveryQueries;
  words!: AlertWords;
  /** The clock by which searches are cut short; it stands still unless a test lets it go. */
  elapsed: () => number = () => 0;
  sourceNames = [{ id: origin.sourceId, name: origin.sourceName }];

  constructor() {
    this.#open();
  }

  #open(): void {
    this.db = openDatabase(join(this.folder, 'tocsin.db'));
    this.store = new AlertStore(this.db, () => ({ name: origin.sourceName, kind: origin.sourceKind }));
    this.timeline = new TimelineTable(this.db);
    this.openAlerts = new OpenAlerts();
    this.openAlerts.load(this.store);
    this.changes = new Changes((error) => this.faults.push(error));
    this.changes.subscribe((batch) => this.told.push(...batch));
    this.ledger = new Ledger({
      db: this.db,
      store: this.store,
      timeline: this.timeline,
      openAlerts: this.openAlerts,
      changes: this.changes,
      onStoreState: (writable) => this.storeStates.push(writable),
    });
    this.ingest = new Ingest({
      ledger: this.ledger,
      store: this.store,
      deliveries: new DeliveryTable(this.db),
      onFault: (error) => this.faults.push(error),
    });
    this.actions = new Actions({
      ledger: this.ledger,
      store: this.store,
      openAlerts: this.openAlerts,
      closeAfterMinutes: () => this.closeAfterMinutes,
      isRemoved: () => this.isRemoved,
      now: () => this.now,
    });
    const { db, store } = this;
    const elapsed = (): number => this.elapsed();
    this.words = new AlertWords({ db, store, sourceNames: () => this.sourceNames });
    this.queries = new AlertQueries({ db, store, words: this.words, elapsed });
    this.deliveries = new DeliveryQueries({ db, store, elapsed });
  }

  restart(): void {
    this.changes.flush();
    this.db.close();
    this.#open();
  }

  /** One delivery with these events, on the disk when it returns. */
  deliver(...events: readonly AlertEvent[]): Promise<Stored> {
    const body = Buffer.from(JSON.stringify(events));
    const stored = this.ingest.submit({
      raw: {
        sourceId: origin.sourceId,
        receivedAt: this.now,
        method: 'POST',
        contentType: 'application/json',
        remoteAddress: '127.0.0.1',
        headers: {},
        query: '',
        body,
        bodyHash: createHash('sha256').update(body).digest(),
      },
      origin,
      content: { kind: 'events', events, remarks: [] },
    });
    this.ingest.flush();
    this.changes.flush();
    return stored;
  }

  close(): void {
    this.db.close();
    rmSync(this.folder, { recursive: true });
  }
}
