import Type, { type Static } from 'typebox';
import { SourceId, SourceKind } from './alert.ts';
import { PriorityMap } from './priority.ts';

/** What a "no data" event does: open at medium, open at low (list only), or nothing. */
export const NoDataPolicy = Type.Union([Type.Literal('open'), Type.Literal('list'), Type.Literal('ignore')]);
export type NoDataPolicy = Static<typeof NoDataPolicy>;

/** One configured sender, without its secret. */
export const Source = Type.Object({
  id: SourceId,
  kind: SourceKind,
  name: Type.String(),
  team: Type.Union([Type.String(), Type.Null()]),
  paused: Type.Boolean(),
  priorityMap: PriorityMap,
  noData: NoDataPolicy,
  closeAfterMinutes: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
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

/** What `addSource` answers, and `sourceAddress` again later: the only places where a secret leaves the app. */
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
  }),
  { additionalProperties: false },
);
export type SourceChanges = Readonly<Static<typeof SourceChanges>>;
