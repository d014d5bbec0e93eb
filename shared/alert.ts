// The words both sides use for what was received and what became of it. Their only definition.
import Type, { type Static } from 'typebox';
import { Priority } from './priority.ts';

/** `A17`: short enough to read out at night; never used twice in one store. */
export const AlertId = Type.Unsafe<`A${number}`>(Type.String({ pattern: '^A[1-9][0-9]{0,14}$' }));
export type AlertId = Static<typeof AlertId>;

/** `D1042`: the order of arrival; never used twice in one store. */
export const DeliveryId = Type.Unsafe<`D${number}`>(Type.String({ pattern: '^D[1-9][0-9]{0,14}$' }));
export type DeliveryId = Static<typeof DeliveryId>;

/** Public half of a source's webhook address. */
export const SourceId = Type.String({ pattern: '^[a-z0-9-]{3,40}$' });
export type SourceId = Static<typeof SourceId>;

export const SourceKind = Type.Union([
  Type.Literal('cloudmonitor'),
  Type.Literal('clustercontrol'),
  Type.Literal('universal'),
]);
export type SourceKind = Static<typeof SourceKind>;

const Time = Type.Integer({ description: 'epoch milliseconds' });
const TimeOrNull = Type.Union([Time, Type.Null()]);
const TextOrNull = Type.Union([Type.String(), Type.Null()]);

export const AlertState = Type.Union([
  Type.Literal('open'),
  Type.Literal('acknowledged'),
  Type.Literal('resolved'),
]);
export type AlertState = Static<typeof AlertState>;

export const ResolvedBy = Type.Union([
  Type.Literal('recovery'),
  Type.Literal('user'),
  Type.Literal('time'),
  Type.Literal('superseded'),
]);
export type ResolvedBy = Static<typeof ResolvedBy>;

/** A link the sender gave: https only; `host` is shown beside it, always. */
export const AlertLink = Type.Object({ label: Type.String(), url: Type.String(), host: Type.String() });
export type AlertLink = Static<typeof AlertLink>;

/** One episode of one problem. All text is plain text from outside, already cleaned of control characters. */
export const Alert = Type.Object({
  id: AlertId,
  sourceId: SourceId,
  sourceKind: SourceKind,
  sourceName: Type.String(),
  key: Type.String({ description: 'what makes two events the same problem; versioned, always visible' }),
  state: AlertState,
  priority: Priority,
  level: TextOrNull,
  noData: Type.Boolean(),
  title: Type.String(),
  text: Type.String(),
  resource: Type.String(),
  value: TextOrNull,
  condition: TextOrNull,
  labels: Type.Record(Type.String(), Type.String()),
  links: Type.Array(AlertLink),
  count: Type.Integer({ description: 'occurrences: firing events that were not retries' }),
  deliveries: Type.Integer({ description: 'requests that spoke of this alert, retries included' }),
  episode: Type.Integer({ description: 'ordinal of this episode of the problem, from 1' }),
  openedAt: Time,
  lastEventAt: Time,
  acknowledgedAt: TimeOrNull,
  acknowledgeNote: TextOrNull,
  snoozedUntil: TimeOrNull,
  resolvedAt: TimeOrNull,
  resolvedBy: Type.Union([ResolvedBy, Type.Null()]),
});
export type Alert = Readonly<Static<typeof Alert>>;

export const EntryKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('repeated'),
  Type.Literal('level-changed'),
  Type.Literal('acknowledged'),
  Type.Literal('unacknowledged'),
  Type.Literal('snoozed'),
  Type.Literal('unsnoozed'),
  Type.Literal('noted'),
  Type.Literal('notified'),
  Type.Literal('withheld'),
  Type.Literal('resolved'),
]);
export type EntryKind = Static<typeof EntryKind>;

/** One line of an alert's timeline. Equal neighbours are folded: `times` > 1, `lastAt` is the newest of them. */
export const Entry = Type.Object({
  at: Time,
  kind: EntryKind,
  text: Type.String({ description: 'free text: a note, a level change, an error; may be empty' }),
  reason: Type.String({ description: 'named reason, stable for programs; the catalogue has its sentence' }),
  times: Type.Integer(),
  lastAt: Time,
});
export type Entry = Readonly<Static<typeof Entry>>;

export const Verdict = Type.Union([
  Type.Literal('opened'),
  Type.Literal('repeated'),
  Type.Literal('level-changed'),
  Type.Literal('resolved'),
  Type.Literal('acknowledged'),
  Type.Literal('retry'),
  Type.Literal('late'),
  Type.Literal('orphan-recovery'),
  Type.Literal('probe'),
  Type.Literal('test'),
  Type.Literal('ignored'),
  Type.Literal('not-understood'),
  Type.Literal('mixed'),
]);
export type Verdict = Static<typeof Verdict>;

/** One HTTP request of a known source, kept raw. */
export const Delivery = Type.Object({
  id: DeliveryId,
  sourceId: SourceId,
  receivedAt: Time,
  method: Type.String(),
  contentType: TextOrNull,
  remoteAddress: Type.String(),
  bytes: Type.Integer({ description: 'of the body as it was stored' }),
  bodyRemoved: Type.Boolean({ description: 'true once the body was removed because of its age' }),
  verdict: Verdict,
  reason: Type.String(),
  alertIds: Type.Array(AlertId),
});
export type Delivery = Readonly<Static<typeof Delivery>>;

/** What just happened to an alert. Effects read this record, never the current row. */
export const AlertChangeKind = Type.Union([
  Type.Literal('opened'),
  Type.Literal('reopened'),
  Type.Literal('repeated'),
  Type.Literal('level-rose'),
  Type.Literal('level-fell'),
  Type.Literal('level-changed'),
  Type.Literal('acknowledged'),
  Type.Literal('unacknowledged'),
  Type.Literal('snoozed'),
  Type.Literal('unsnoozed'),
  Type.Literal('snooze-ended'),
  Type.Literal('noted'),
  Type.Literal('resolved'),
]);
export type AlertChangeKind = Static<typeof AlertChangeKind>;

/** One committed transition of one alert, as tray, notifications and window see it. */
export const AlertChange = Type.Object({
  revision: Type.Integer({
    description: 'rises by one with every change of the store; joins snapshot and stream',
  }),
  at: Time,
  kind: AlertChangeKind,
  reason: Type.String({ description: 'named reason, the same as in the timeline' }),
  cause: Type.Union([Type.Literal('event'), Type.Literal('person'), Type.Literal('time')]),
  before: Type.Union([
    Type.Null(),
    Type.Object({ state: AlertState, priority: Priority, level: TextOrNull, snoozedUntil: TimeOrNull }),
  ]),
  alert: Alert,
});
export type AlertChange = Readonly<Static<typeof AlertChange>>;
