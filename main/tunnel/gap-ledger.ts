// Keeps the ledger of gaps: turns moments into times of the clock, and holds the ledger together when the clock is set.
// Lengths are measured by the computer's uptime, which nobody can set; times are what the clock says.
import type { Gap, GapCause } from '../../shared/coverage.ts';
import type { Hearing } from '../../shared/hearing.ts';
import { gapAfter, type LedgerFact, movedBack, movedWithClock } from './gaps.ts';
import type { GapTable } from './gap-table.ts';
import type { AbsenceBefore } from './sign-of-life.ts';

export interface GapLedgerParts {
  readonly table: GapTable;
  /** Epoch ms. */
  readonly now: () => number;
  /** Since the computer started, in ms, sleep included. */
  readonly uptime: () => number;
  /** When the computer started by the clock of the run before this, if it has not started since (epoch ms). */
  readonly bootedAt: number | null;
  /** A gap is over. */
  readonly onEnd: (gap: Gap) => void;
}

/** What holds; moments as `uptime` counts, null is now. */
export type HeardFact =
  | { readonly state: 'hearing' }
  | {
      readonly state: Exclude<Hearing['state'], 'hearing'>;
      readonly cause: GapCause;
      /** When the cause began. */
      readonly at: number | null;
      /** When a gap begins that begins with it. */
      readonly from: number | null;
    };

/** The clock is slewed by less than this; beyond it was set. */
const slackMs = 2000;

export class GapLedger {
  readonly #parts: GapLedgerParts;
  /** What the clock said when the computer started, by the clock as it is now. */
  #bootedAt: number;
  #open: Gap | null;
  /** No gap begins before this: the end of the last one, or the beginning of the ledger. */
  #floor: number;
  /** What is older is known by the clock of an earlier run alone. */
  #measuredFrom: number;

  constructor(parts: GapLedgerParts) {
    this.#parts = parts;
    this.#bootedAt = parts.bootedAt ?? parts.now() - parts.uptime();
    const now = this.#now();
    this.#measuredFrom = parts.bootedAt === null ? now : Number.NEGATIVE_INFINITY;
    const kept = parts.table.endingAfter(now);
    this.#open = kept.find(({ endedAt }) => endedAt === null) ?? null;
    // The clock was set back while nobody was there; by how much at least, the newest time says.
    const ahead = kept.map((gap) => (gap.endedAt ?? gap.later.at(-1)?.at ?? gap.startedAt) - now);
    this.#floor = this.#move(-Math.max(0, ...ahead), null);
  }

  /** Since when it is kept, epoch ms; null: it has not begun, and nothing is written. */
  get since(): number | null {
    return this.#parts.table.since;
  }

  /** Begins it now, once. */
  begin(): void {
    if (this.since !== null) return;
    this.#floor = this.#now();
    this.#parts.table.since = this.#floor;
  }

  /** Nobody was there from then until this run began. */
  absentBefore({ from, cause, measured }: AbsenceBefore): void {
    if (this.since === null) return;
    this.#followClock(measured?.uptime ?? null);
    const startedAt = Math.max(this.#floor, measured === null ? from : this.#past(measured.uptime));
    this.#follow({ state: 'deaf', cause, at: startedAt, from: startedAt });
  }

  /** Call whenever what is heard has changed, and every second. */
  follow(fact: HeardFact): void {
    if (this.since === null) return;
    this.#followClock(fact.state === 'hearing' ? null : fact.from);
    if (fact.state === 'hearing') return this.#follow({ state: 'hearing', at: this.#now() });
    const { state, cause } = fact;
    this.#follow({
      state,
      cause,
      at: this.#past(fact.at),
      from: Math.max(this.#floor, this.#past(fact.from)),
    });
  }

  /** Those that end after `from` (epoch ms) or last, oldest first. */
  endingAfter(from: number): Gap[] {
    return this.#parts.table.endingAfter(from);
  }

  #follow(fact: LedgerFact): void {
    const { table, onEnd } = this.#parts;
    const gap = gapAfter(this.#open, fact, table.nextId);
    if (gap === this.#open || gap === null) return;
    table.save(gap);
    this.#open = gap.endedAt === null ? gap : null;
    if (gap.endedAt === null) return;
    this.#floor = gap.endedAt;
    onEnd(gap);
  }

  /** Somebody, or the network's time, has set the clock: lengths stay true and nothing ends in the future. */
  #followClock(from: number | null): void {
    const { now, uptime } = this.#parts;
    const byMs = Math.round(now() - uptime() - this.#bootedAt);
    if (Math.abs(byMs) <= slackMs) return;
    this.#bootedAt += byMs;
    this.#floor = this.#move(byMs, from);
  }

  /**
   * Moves what the setting of the clock moves; answers with the earliest beginning of a gap. `from`: when the gap begins that
   * is about to be known, as `uptime` counts; what was over must be over by then.
   */
  #move(byMs: number, from: number | null): number {
    const { table } = this.#parts;
    if (this.#open !== null && byMs !== 0) {
      // What the clock alone knows stays where it is, unless that is the future now.
      const knownBefore = byMs > 0 ? this.#measuredFrom : Number.NEGATIVE_INFINITY;
      this.#open = movedWithClock(this.#open, byMs, knownBefore);
      table.save(this.#open);
    }
    this.#measuredFrom += byMs;
    const before = this.#open?.startedAt ?? this.#past(from);
    if (table.since !== null && table.since > before) table.since = Math.min(before, table.since + byMs);
    const since = table.since ?? before;
    const floor = Math.max(since, table.lastEndUpTo(before) ?? since);
    if (byMs >= 0) return floor;
    const ahead = table.endingAfter(before).filter(({ endedAt }) => endedAt !== null);
    const moved = movedBack(ahead, byMs, floor);
    for (const gap of moved) table.save(gap);
    return moved.at(-1)?.endedAt ?? floor;
  }

  /** The clock, evened out by the uptime between two settings. */
  #now(): number {
    return this.#timeOf(this.#parts.uptime());
  }

  #past(moment: number | null): number {
    const now = this.#now();
    return moment === null ? now : Math.min(now, this.#timeOf(moment));
  }

  #timeOf(moment: number): number {
    return Math.round(this.#bootedAt + moment);
  }
}
