// The way in that a person chose, and the public addresses that were given out, as rows beside the settings: they are
// carried over with those when a store has to be replaced.
import Type, { type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { TunnelPlan, TunnelStatus } from '../../shared/tunnel.ts';
import type { Store } from '../database/open-database.ts';

const planRow = 'tunnelPlan';
const addressesRow = 'tunnelAddresses';

/** What monitors may have been told to call. */
const PublicAddresses = Type.Object({
  newest: Type.Union([Type.Null(), Type.String()]),
  proven: Type.Optional(Type.Boolean({ description: 'the newest has led here; a typing error never has' })),
  former: TunnelStatus.properties.formerUrls,
});
type PublicAddresses = Static<typeof PublicAddresses>;
export type FormerUrls = PublicAddresses['former'];

/** A tunnel that changes its address over and over must not fill the screen. */
const mostFormer = 10;

export class TunnelPlanStore {
  readonly #db: Store;
  #plan: TunnelPlan;
  #addresses: PublicAddresses;

  constructor(db: Store) {
    this.#db = db;
    this.#plan = this.#read(planRow, TunnelPlan) ?? { kind: 'none' };
    this.#addresses = this.#read(addressesRow, PublicAddresses) ?? { newest: null, former: [] };
  }

  get plan(): TunnelPlan {
    return this.#plan;
  }

  /** It has been checked at the door. */
  setPlan(plan: TunnelPlan): void {
    this.#save(planRow, plan);
    this.#plan = plan;
  }

  /** What monitors call, or called when it was last up; null: it never was. */
  get newestUrl(): string | null {
    return this.#addresses.newest;
  }

  /** Newest first. */
  get formerUrls(): FormerUrls {
    return this.#addresses.former;
  }

  /** The public address is this one now. Another one before it is a former one from now on; one that comes back is not. */
  noteUrl(url: string, now: number): void {
    const { newest, proven, former } = this.#addresses;
    if (newest === url) return;
    const before = newest === null || proven !== true ? former : [{ url: newest, until: now }, ...former];
    this.#saveAddresses({
      newest: url,
      former: before
        .filter((one, index) => one.url !== url && before.findIndex((it) => it.url === one.url) === index)
        .slice(0, mostFormer),
    });
  }

  /** The newest address leads here: monitors may have been told. */
  noteProven(): void {
    const { newest, proven } = this.#addresses;
    if (newest !== null && proven !== true) this.#saveAddresses({ ...this.#addresses, proven: true });
  }

  /** A person has told every monitor the newest address. */
  forgetFormerUrls(): void {
    this.#saveAddresses({ ...this.#addresses, former: [] });
  }

  #saveAddresses(addresses: PublicAddresses): void {
    this.#save(addressesRow, addresses);
    this.#addresses = addresses;
  }

  #save(name: string, value: unknown): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
      .run(name, JSON.stringify(value));
  }

  /** Null when there is none or it is no longer valid. */
  #read<Schema extends TSchema>(name: string, schema: Schema): Static<Schema> | null {
    const row = this.#db
      .prepare<[string], { value: string }>('SELECT value FROM settings WHERE name = ?')
      .get(name);
    if (row === undefined) return null;
    try {
      const parsed: unknown = JSON.parse(row.value);
      return Value.Check(schema, parsed) ? parsed : null;
    } catch {
      return null;
    }
  }
}
