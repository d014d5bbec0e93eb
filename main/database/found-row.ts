// Rows out of a damaged file on their way into a sound one: what the rest of the app could not read, or what we never
// wrote, is not taken over.
import Type, { type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import Database from 'better-sqlite3';
import {
  Alert,
  AlertState,
  EntryKind,
  ResolvedBy,
  SourceId,
  SourceKind,
  Verdict,
} from '../../shared/alert.ts';
import { GapCause } from '../../shared/coverage.ts';
import { Priority, PriorityMap } from '../../shared/priority.ts';
import { AllowList, NoDataPolicy } from '../../shared/source.ts';
import type { FoundRow } from './damaged-table.ts';
import type { Store } from './open-database.ts';

const Time = Type.Integer({ minimum: 0 });
const Count = Type.Integer({ minimum: 0 });
const TimeOrNull = Type.Union([Time, Type.Null()]);
const CountOrNull = Type.Union([Count, Type.Null()]);
const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const Id = Type.Integer({ minimum: 1 });

const Description = Type.Pick(Alert, ['title', 'text', 'resource', 'value', 'condition', 'labels', 'links']);

/** The columns that code relies on; the store's own column types do the rest when a row is inserted. */
const rowOf = {
  alerts: Type.Object({
    id: Id,
    key: Type.String(),
    episode: Id,
    state: AlertState,
    place_rank: Type.Integer({ minimum: 0, maximum: 3 }),
    priority: Priority,
    priority_rank: Type.Integer({ minimum: 0, maximum: 2 }),
    no_data: Type.Integer({ minimum: 0, maximum: 1 }),
    count: Count,
    deliveries: Count,
    opened_at: Time,
    last_event_at: Time,
    acknowledged_at: TimeOrNull,
    snoozed_until: TimeOrNull,
    resolved_at: TimeOrNull,
    resolved_by: Type.Union([ResolvedBy, Type.Null()]),
    level: TextOrNull,
  }),
  deliveries: Type.Object({ id: Id, source_id: SourceId, received_at: Time, bytes: Count, verdict: Verdict }),
  timeline: Type.Object({ id: Id, alert_id: Id, at: Time, kind: EntryKind, times: Id, last_at: Time }),
  problems: Type.Object({ key: Type.String(), episodes: Count, last_alert: CountOrNull }),
  applied_events: Type.Object({ sent_at: Type.Integer() }),
  gaps: Type.Object({ id: Id, started_at: Time, ended_at: TimeOrNull, cause: GapCause }),
  salvage: Type.Object({
    file: Type.String(),
    part: Type.Union(
      (['applied_events', 'alerts', 'timeline', 'deliveries'] as const).map((part) => Type.Literal(part)),
    ),
    next: Type.Integer(),
    last: Type.Integer(),
  }),
  settings: Type.Object({ name: Type.String(), value: Type.String() }),
  sources: Type.Object({
    id: SourceId,
    kind: SourceKind,
    name: Type.String(),
    team: TextOrNull,
    no_data: NoDataPolicy,
    created_at: Time,
    removed_at: TimeOrNull,
  }),
} as const satisfies Readonly<Record<string, TSchema>>;

/** Columns that hold JSON; those that an older store does not have are not asked for. */
const jsonOf: Readonly<Partial<Record<FoundTable, Readonly<Record<string, TSchema>>>>> = {
  alerts: { description: Description },
  deliveries: {
    headers: Type.Record(Type.String(), Type.String()),
    alerts: Type.Array(Type.Tuple([Id, CountOrNull])),
  },
  gaps: { later: Type.Array(Type.Object({ at: Time, cause: GapCause })) },
  problems: { opened_times: Type.Array(Time) },
  sources: { priority_map: PriorityMap, allow_list: AllowList },
};

const bytesOf: Readonly<Partial<Record<FoundTable, Readonly<Record<string, number>>>>> = {
  deliveries: { body_hash: 32 },
  applied_events: { identity: 16 },
  sources: { secret_hash: 32 },
};

export type FoundTable = keyof typeof rowOf;

/** Rows that cannot be ours and rows that are there already are left out; answers how many could not be ours. */
export function insertRows(db: Store, table: FoundTable, rows: readonly FoundRow[]): number {
  let refused = 0;
  const first = rows[0];
  if (first === undefined) return refused;
  const known = new Set(
    db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all(),
  );
  // The words of an alert are not taken over with it: it is to be indexed anew.
  if (table === 'alerts') known.delete('searchable');
  const columns = Object.keys(first).filter((name) => known.has(name));
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows) {
    if (!isCredible(table, row)) {
      refused += 1;
      continue;
    }
    try {
      insert.run(...columns.map((name) => row[name]));
    } catch (error) {
      // A value of the wrong type in a column that nobody looked at.
      if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error;
      refused += 1;
    }
  }
  return refused;
}

/** True when the row can be one of ours. A changed letter in a text cannot be told from a right one. */
function isCredible(table: FoundTable, row: FoundRow): boolean {
  if (!fits(rowOf[table], row)) return false;
  for (const [column, schema] of Object.entries(jsonOf[table] ?? {}))
    if (Object.hasOwn(row, column) && !isJson(schema, row[column])) return false;
  for (const [column, bytes] of Object.entries(bytesOf[table] ?? {})) {
    const blob = row[column];
    if (!(blob instanceof Uint8Array) || blob.byteLength !== bytes) return false;
  }
  return table !== 'alerts' || (row['state'] === 'resolved') === (row['place_rank'] === 3);
}

function isJson(schema: TSchema, written: unknown): boolean {
  if (typeof written !== 'string') return false;
  try {
    return fits(schema, JSON.parse(written));
  } catch {
    return false;
  }
}

/** Made when first asked for: a sound store never needs them, a damaged one a million times. */
const compiled = new Map<TSchema, (value: unknown) => boolean>();

function fits(schema: TSchema, value: unknown): boolean {
  let check = compiled.get(schema);
  if (check === undefined) {
    const validator = Compile(schema);
    check = (checked) => validator.Check(checked);
    compiled.set(schema, check);
  }
  return check(value);
}
