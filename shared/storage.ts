import Type, { type Static } from 'typebox';

const Bytes = Type.Integer({ minimum: 0 });
const Count = Type.Integer({ minimum: 0 });
const TimeOrNull = Type.Union([Type.Integer({ description: 'epoch milliseconds' }), Type.Null()]);

/** What the store holds and takes up on the disk. Counts are exact as of `at`; they are taken outside the main thread. */
export const Storage = Type.Object({
  at: Type.Integer({ description: 'epoch ms; the figures are taken anew at most every 10 s' }),
  databaseBytes: Bytes,
  walBytes: Bytes,
  freeBytes: Type.Integer({ minimum: 0, description: 'inside the database, for what comes next' }),
  deliveries: Count,
  bodies: Type.Object({
    count: Type.Integer({ minimum: 0, description: 'deliveries whose body is still kept' }),
    bytes: Bytes,
    oldestAt: TimeOrNull,
  }),
  alerts: Type.Object({ unresolved: Count, resolved: Count, oldestAt: TimeOrNull }),
  backups: Type.Array(
    Type.Object({
      name: Type.String(),
      at: Type.Integer(),
      bytes: Bytes,
      kind: Type.Union([Type.Literal('daily'), Type.Literal('before-schema')]),
    }),
    { description: 'newest first; each was checked when it was made' },
  ),
  diskFreeBytes: Bytes,
  lastCheck: Type.Union([
    Type.Null(),
    Type.Object({
      at: Type.Integer(),
      result: Type.Union([Type.Literal('ok'), Type.Literal('damaged')]),
    }),
  ]),
});
export type Storage = Readonly<Static<typeof Storage>>;
