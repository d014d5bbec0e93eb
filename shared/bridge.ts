// The contract between the app and everybody who asks it something: the window (IPC) and scripts (local socket).
import Type, { type Static, type TSchema } from 'typebox';
import { Alert, AlertChange, AlertId, Delivery, DeliveryId, Entry, SourceId, Verdict } from './alert.ts';
import type { BridgeCallName } from './bridge-names.ts';
import { Coverage } from './coverage.ts';
import { DesktopFacts, StartAtLogin } from './desktop-facts.ts';
import { DeliveryLevels } from './fired-level.ts';
import { Hearing } from './hearing.ts';
import { Notice } from './notice.ts';
import { HandOver, OnCall } from './on-call.ts';
import { Priority } from './priority.ts';
import { Settings, SettingsChanges } from './settings.ts';
import { SoundName, SoundOutcome } from './sound.ts';
import { NewSource, Source, SourceChanges, SourceWithAddress } from './source.ts';
import { Storage } from './storage.ts';
import { AskHostKeys, HostKeys, Proof, SetTunnel, TunnelStatus, TunnelView } from './tunnel.ts';

const Strict = { additionalProperties: false } as const;
const Nothing = Type.Object({}, Strict);
const Ids = Type.Array(AlertId, { minItems: 1, maxItems: 1000 });
const Note = Type.String({ maxLength: 4000 });
/** The longest text that `copyText` takes, in UTF-16 units: a raw delivery of the largest size, or some thousand alerts. */
export const mostCopied = 4_000_000;
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500 }));

export const PlaceFilter = Type.Union([
  Type.Literal('open'),
  Type.Literal('acknowledged'),
  Type.Literal('snoozed'),
  Type.Literal('resolved'),
]);

/** Whether toasts reach the screen. `none`: there is no desktop to show them on. */
const NotificationHealth = Type.Object({
  state: Type.Union([Type.Literal('ok'), Type.Literal('failing'), Type.Literal('none')]),
  error: Type.Union([Type.Null(), Type.String({ description: "while failing: the desktop's own sentence" })]),
  since: Type.Union([
    Type.Null(),
    Type.Integer({ description: 'while failing: of the first one that failed' }),
  ]),
});
export type NotificationHealth = Readonly<Static<typeof NotificationHealth>>;

/** Why toasts wait, and until when. */
export const Quiet = Type.Object({
  reason: Type.Union([Type.Literal('quiet-hours'), Type.Literal('quiet-for-now')]),
  until: Type.Integer({ description: 'epoch milliseconds' }),
});
export type Quiet = Readonly<Static<typeof Quiet>>;

export const Health = Type.Object({
  version: Type.String(),
  hearing: Hearing,
  listener: Type.Object({ port: Type.Integer() }),
  tunnel: Type.Union([Type.Null(), TunnelStatus], {
    description: 'null: no way in from outside was chosen',
  }),
  onCall: Type.Union([Type.Null(), OnCall]),
  counts: Type.Object({
    open: Type.Object({ critical: Type.Integer(), medium: Type.Integer(), low: Type.Integer() }),
    acknowledged: Type.Integer(),
    snoozed: Type.Integer(),
  }),
  notifications: NotificationHealth,
  quiet: Type.Union([Type.Null(), Quiet]),
  revision: Type.Integer(),
  notices: Type.Array(Notice, { description: 'what a person should know, oldest first' }),
});
export type Health = Readonly<Static<typeof Health>>;

/** Everything a fresh view needs, joined to the stream of changes by `revision`: apply only changes with a higher one. */
export const Snapshot = Type.Object({
  revision: Type.Integer(),
  alerts: Type.Array(Alert, { description: 'every unresolved alert, in the order of the screen' }),
  health: Health,
  sources: Type.Array(Source),
  settings: Settings,
});
export type Snapshot = Readonly<Static<typeof Snapshot>>;

/** What the app tells a view without being asked. */
export const Push = Type.Union([
  Type.Object({ type: Type.Literal('changes'), changes: Type.Array(AlertChange) }),
  Type.Object({ type: Type.Literal('timeline'), alertIds: Type.Array(AlertId) }),
  Type.Object({ type: Type.Literal('health'), health: Health }),
  Type.Object({ type: Type.Literal('sources'), sources: Type.Array(Source) }),
  Type.Object({ type: Type.Literal('settings'), settings: Settings }),
  Type.Object({ type: Type.Literal('show-alert'), id: AlertId }),
  Type.Object({ type: Type.Literal('show-list'), place: PlaceFilter }),
  // A toast about ourselves was clicked: the hand-over is on `coverage`, the public address on `way-in`.
  Type.Object({
    type: Type.Literal('show-screen'),
    screen: Type.Union([Type.Literal('coverage'), Type.Literal('way-in'), Type.Literal('settings')]),
  }),
  /** Everything may be different: ask `watch` again. */
  Type.Object({ type: Type.Literal('reload') }),
]);
export type Push = Readonly<Static<typeof Push>>;

export const ListAlerts = Type.Object(
  {
    states: Type.Optional(
      Type.Array(PlaceFilter, { description: 'places on the screen; all but resolved when absent' }),
    ),
    sourceId: Type.Optional(SourceId),
    priority: Type.Optional(Priority),
    search: Type.Optional(
      Type.String({
        maxLength: 200,
        description: 'every word of it, the beginning of the last one, or the id; see search-words.ts',
      }),
    ),
    limit: Limit,
    after: Type.Optional(Type.String({ maxLength: 200, description: '`next` of the page before' })),
  },
  Strict,
);
export type ListAlerts = Readonly<Static<typeof ListAlerts>>;

export const ListDeliveries = Type.Object(
  {
    sourceId: Type.Optional(SourceId),
    verdict: Type.Optional(Verdict),
    search: Type.Optional(
      Type.String({ maxLength: 200, description: 'a text in body, query or reason, capitals or not' }),
    ),
    limit: Limit,
    after: Type.Optional(Type.String({ maxLength: 40 })),
  },
  Strict,
);
export type ListDeliveries = Readonly<Static<typeof ListDeliveries>>;

export const Snooze = Type.Object(
  {
    ids: Ids,
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 * 24 * 60 })),
    until: Type.Optional(Type.Integer()),
    untilRecovery: Type.Optional(Type.Boolean({ description: 'as long as is allowed: 7 days' })),
  },
  Strict,
);
export type Snooze = Readonly<Static<typeof Snooze>>;

/** What `sendTestAlert` answers: the door it came in by and the alert it made. */
export const TestAlertSent = Type.Object({
  url: Type.String({ description: 'secret masked' }),
  delivery: DeliveryId,
});

const Page = Type.Union([Type.String(), Type.Null()]);
const AlertDetail = Type.Object({
  ...Alert.properties,
  timeline: Type.Array(Entry),
  deliveries: Type.Array(Delivery, {
    description: 'instead of the count: the newest 100 that spoke of it, newest first',
  }),
});
export type AlertDetail = Readonly<Static<typeof AlertDetail>>;
const DeliveryDetail = Type.Object({
  ...Delivery.properties,
  body: Type.String({ description: 'UTF-8; bytes that are not UTF-8 are shown as U+FFFD' }),
  headers: Type.Record(Type.String(), Type.String(), { description: 'safe headers only' }),
  query: Type.String({ description: 'of the request, without the secret' }),
  bodyHash: Type.String({ description: 'SHA-256 of the body as it was stored, in hex' }),
  bodyDamaged: Type.Boolean({ description: 'true when the body is no longer what the hash was taken of' }),
});
export type DeliveryDetail = Readonly<Static<typeof DeliveryDetail>>;

/** Every call: argument and result. Times are epoch milliseconds. */
export const bridgeCalls = {
  health: { argument: Nothing, result: Health },
  listSources: { argument: Nothing, result: Type.Array(Source) },
  addSource: { argument: NewSource, result: SourceWithAddress },
  updateSource: { argument: Type.Object({ id: SourceId, changes: SourceChanges }, Strict), result: Source },
  removeSource: { argument: Type.Object({ id: SourceId }, Strict), result: Type.Null() },
  rotateSecret: { argument: Type.Object({ id: SourceId }, Strict), result: SourceWithAddress },
  sourceAddress: { argument: Type.Object({ id: SourceId }, Strict), result: SourceWithAddress },
  sourceLevels: {
    argument: Type.Object({ id: SourceId }, Strict),
    // Of its newest 20 deliveries, newest first; those whose body is gone are left out.
    result: Type.Array(DeliveryLevels),
  },
  listAlerts: {
    argument: ListAlerts,
    // A page of a search may be short, or empty, while `next` is set.
    result: Type.Object({ alerts: Type.Array(Alert), revision: Type.Integer(), next: Page }),
  },
  getAlert: { argument: Type.Object({ id: AlertId }, Strict), result: AlertDetail },
  acknowledgeAlerts: {
    argument: Type.Object({ ids: Ids, note: Type.Optional(Note) }, Strict),
    result: Type.Array(Alert),
  },
  unacknowledgeAlerts: { argument: Type.Object({ ids: Ids }, Strict), result: Type.Array(Alert) },
  snoozeAlerts: { argument: Snooze, result: Type.Array(Alert) },
  unsnoozeAlerts: { argument: Type.Object({ ids: Ids }, Strict), result: Type.Array(Alert) },
  resolveAlerts: {
    argument: Type.Object({ ids: Ids, note: Type.Optional(Note) }, Strict),
    result: Type.Array(Alert),
  },
  // The undo of closing by hand: alerts closed less than a minute ago that nothing newer has followed; others are answered as
  // they are.
  reopenAlerts: { argument: Type.Object({ ids: Ids }, Strict), result: Type.Array(Alert) },
  addNote: {
    argument: Type.Object({ id: AlertId, text: Type.String({ minLength: 1, maxLength: 4000 }) }, Strict),
    result: Alert,
  },
  listDeliveries: {
    argument: ListDeliveries,
    // With a verdict or a search a page may be short, or empty, while `next` is set.
    result: Type.Object({ deliveries: Type.Array(Delivery), next: Page }),
  },
  getDelivery: { argument: Type.Object({ id: DeliveryId }, Strict), result: DeliveryDetail },
  parseAgain: { argument: Type.Object({ id: DeliveryId }, Strict), result: DeliveryDetail },
  sendTestAlert: {
    argument: Type.Object({ sourceId: Type.Optional(SourceId), priority: Type.Optional(Priority) }, Strict),
    result: TestAlertSent,
  },
  getStorage: { argument: Nothing, result: Storage },
  dismissNotice: {
    argument: Type.Object({ code: Type.String({ maxLength: 40 }) }, Strict),
    result: Type.Null(),
  },
  getSettings: { argument: Nothing, result: Settings },
  updateSettings: { argument: Type.Object({ changes: SettingsChanges }, Strict), result: Settings },
  // Quiet for now, whatever the clock says; null ends it. At most a day ahead. Answers with the state after it.
  setQuiet: {
    argument: Type.Object({ until: Type.Union([Type.Null(), Type.Integer()]) }, Strict),
    result: Type.Union([Type.Null(), Quiet]),
  },
  // For the ear of the person who sets them; needs a desktop.
  playSound: { argument: Type.Object({ name: SoundName }, Strict), result: SoundOutcome },
  // Asked anew each time; needs a desktop.
  desktopFacts: { argument: Nothing, result: DesktopFacts },
  // Answers with what the system says afterwards; needs a desktop.
  setStartAtLogin: { argument: Type.Object({ on: Type.Boolean() }, Strict), result: StartAtLogin },
  // For a bug report: no secret, no address, no text of an alert.
  diagnostics: { argument: Nothing, result: Type.Object({ text: Type.String() }) },
  // Takes every test alert back now instead of after its minute.
  endTestAlerts: { argument: Nothing, result: Type.Null() },
  getTunnel: { argument: Nothing, result: TunnelView },
  // Takes effect at once; answers before the tunnel is up.
  setTunnel: { argument: SetTunnel, result: TunnelView },
  // Asks the host itself, so a person has to compare.
  hostKeys: { argument: AskHostKeys, result: HostKeys },
  // Calls our own public address now; answers when it came back or was given up.
  probeNow: { argument: Nothing, result: Proof },
  // The new public address is pasted everywhere: the former ones are forgotten.
  addressPasted: { argument: Nothing, result: Type.Null() },
  coverage: {
    argument: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })) }, Strict),
    // Of the last so many calendar days, today among them; 30 when not said.
    result: Coverage,
  },
  // `until` null: until it is switched off. At most 14 days ahead.
  setOnCall: {
    argument: Type.Object(
      { on: Type.Boolean(), until: Type.Optional(Type.Union([Type.Null(), Type.Integer()])) },
      Strict,
    ),
    result: Type.Union([Type.Null(), OnCall]),
  },
  // Of the shift that runs, else of the last one, else of the last 24 hours.
  handOver: { argument: Nothing, result: HandOver },
  watch: { argument: Nothing, result: Snapshot },
  // The focus rule: a toast is withheld only while a person sees the row (product: priority table).
  reportView: {
    argument: Type.Object(
      {
        freeRows: Type.Integer({
          minimum: 0,
          maximum: 1000,
          description: 'new rows that would be seen without a scroll or a click',
        }),
      },
      Strict,
    ),
    result: Type.Null(),
  },
  copyText: {
    argument: Type.Object({ text: Type.String({ maxLength: mostCopied }) }, Strict),
    result: Type.Null(),
  },
  openLink: {
    argument: Type.Object({ url: Type.String({ maxLength: 2000, pattern: '^https://' }) }, Strict),
    result: Type.Null(),
  },
} as const satisfies Record<BridgeCallName, { argument: TSchema; result: TSchema }>;

export type BridgeArgument<Name extends BridgeCallName> = Static<(typeof bridgeCalls)[Name]['argument']>;
export type BridgeResult<Name extends BridgeCallName> = Static<(typeof bridgeCalls)[Name]['result']>;

/** What went wrong: `code` is stable for programs, `message` is a sentence for a person. */
export interface BridgeError {
  readonly code: string;
  readonly message: string;
}

export type BridgeReply<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: BridgeError };

/** The type of `window.tocsin`: one named method per call, and the pushes. */
export type BridgeApi = {
  readonly [Name in BridgeCallName]: (
    argument: BridgeArgument<Name>,
  ) => Promise<BridgeReply<BridgeResult<Name>>>;
} & {
  /** Returns the remover. */
  readonly onPush: (listener: (push: Push) => void) => () => void;
};
