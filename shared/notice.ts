import Type, { type Static } from 'typebox';

const Count = Type.Integer({ minimum: 0 });
const Time = Type.Integer({ description: 'epoch milliseconds' });
/** Within the data folder; null when there was no file left to move. */
const Folder = Type.Union([Type.String(), Type.Null()]);

/**
 * What happened to the store, as facts; `text/notice-text.ts` makes the sentence. `reading`: what is left is still being
 * read back in the background.
 */
export const StoreNews = Type.Union([
  Type.Object({
    code: Type.Literal('store-salvaged', {
      description: 'damaged, replaced, and read back from its own file',
    }),
    folder: Folder,
    unresolved: Count,
    reading: Type.Boolean(),
    lost: Type.Integer({ minimum: 0, description: 'places in the file that could not be read' }),
  }),
  Type.Object({
    code: Type.Literal('store-restored', { description: 'unreadable, replaced from a backup' }),
    folder: Folder,
    backupAt: Time,
    unresolved: Count,
    reading: Type.Boolean(),
  }),
  Type.Object({
    code: Type.Literal('store-rebuilt', {
      description: 'unreadable and without a backup: only the addresses are left',
    }),
    folder: Folder,
    sources: Count,
  }),
  Type.Object({
    code: Type.Literal('store-older', { description: 'sound, but behind what was stored already' }),
    missing: Type.Integer({ minimum: 0, description: 'deliveries' }),
  }),
  Type.Object({
    code: Type.Literal('backup-skipped', { description: 'no room for one' }),
    neededBytes: Count,
    freeBytes: Count,
  }),
  Type.Object({ code: Type.Literal('backup-failed'), why: Type.String() }),
]);
export type StoreNews = Readonly<Static<typeof StoreNews>>;

/** Something that a person ought to know and may put away once it is read; it is kept over restarts until then. */
export const Notice = Type.Object({
  code: Type.String({ description: 'stable for programs' }),
  message: Type.String(),
  at: Time,
});
export type Notice = Readonly<Static<typeof Notice>>;
