import Type, { type Static } from 'typebox';
import { SourceId, SourceKind } from './alert.ts';
import { PriorityMap } from './priority.ts';

/** What a "no data" event does: open at medium, open at low (list only), or nothing. */
export const NoDataPolicy = Type.Union([Type.Literal('open'), Type.Literal('list'), Type.Literal('ignore')]);
export type NoDataPolicy = Static<typeof NoDataPolicy>;

/**
 * Addresses and CIDR ranges that a source's deliveries are expected from. `hint`: others are marked. `wall`: others are
 * kept and answered like strangers. An empty hint says nothing.
 */
export const AllowList = Type.Object(
  {
    mode: Type.Union([Type.Literal('hint'), Type.Literal('wall')]),
    addresses: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200 }),
  },
  { additionalProperties: false },
);
export type AllowList = Readonly<Static<typeof AllowList>>;

/** What a source's list says of the address that a delivery came from. */
export type AddressJudgement = 'fine' | 'not-listed' | 'refused';

/** The secret before the last rotation: good until then, so that senders can be changed one after the other. */
export const OldSecret = Type.Object({
  until: Type.Integer({ description: 'epoch ms' }),
  lastUsedAt: Type.Union([Type.Integer(), Type.Null()]),
  lastUsedBy: Type.Union([Type.String(), Type.Null()], {
    description: 'address of the sender when known, else its user agent',
  }),
});
export type OldSecret = Readonly<Static<typeof OldSecret>>;

const CloseAfterMinutes = Type.Union([Type.Integer({ minimum: 1, maximum: 10_080 }), Type.Null()], {
  description: 'closes an alert of which nothing was heard for so long; null: nothing closes by silence',
});

const ExpectEveryHours = Type.Union([Type.Integer({ minimum: 1, maximum: 9000 }), Type.Null()], {
  description: 'silence for longer than this opens an alert of its own; null: silence says nothing',
});

/** One configured sender, without its secret. */
export const Source = Type.Object({
  id: SourceId,
  kind: SourceKind,
  name: Type.String(),
  team: Type.Union([Type.String(), Type.Null()]),
  paused: Type.Boolean(),
  priorityMap: PriorityMap,
  defaultPriorityMap: PriorityMap,
  noData: NoDataPolicy,
  closeAfterMinutes: CloseAfterMinutes,
  allowList: AllowList,
  expectEveryHours: ExpectEveryHours,
  oldSecret: Type.Union([OldSecret, Type.Null()]),
  createdAt: Type.Integer(),
  lastDeliveryAt: Type.Union([Type.Integer(), Type.Null()]),
  probeSeenAt: Type.Union([Type.Integer(), Type.Null()]),
  counts: Type.Object({
    open: Type.Integer({ description: 'unresolved alerts' }),
    deliveries: Type.Integer({ description: 'requests ever stored, probes not counted' }),
    notUnderstood: Type.Integer({ description: 'of them, not understood' }),
  }),
});
export type Source = Readonly<Static<typeof Source>>;

/** What `addSource`, `rotateSecret` and `sourceAddress` answer: the only places where a secret leaves the app. */
export const SourceWithAddress = Type.Object({
  ...Source.properties,
  secret: Type.String(),
  localUrl: Type.String(),
  publicUrl: Type.Union([Type.String(), Type.Null()]),
});
export type SourceWithAddress = Readonly<Static<typeof SourceWithAddress>>;

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });
export const NewSource = Type.Object(
  { kind: SourceKind, name: Name, team: Type.Optional(Type.String({ maxLength: 80 })) },
  { additionalProperties: false },
);
export type NewSource = Readonly<Static<typeof NewSource>>;

export const SourceChanges = Type.Partial(
  Type.Object({
    name: Name,
    team: Type.Union([Type.String({ maxLength: 80 }), Type.Null()]),
    paused: Type.Boolean(),
    priorityMap: PriorityMap,
    noData: NoDataPolicy,
    closeAfterMinutes: CloseAfterMinutes,
    allowList: AllowList,
    expectEveryHours: ExpectEveryHours,
  }),
  { additionalProperties: false },
);
export type SourceChanges = Readonly<Static<typeof SourceChanges>>;
