// Keeps what is known of hearing, tells when it changes, and has every stretch without it written into the ledger. Driven by
// `tick` every second and by whatever happens; it has no timer of its own.
import type { Coverage, Gap } from '../../shared/coverage.ts';
import type { Hearing, HearingCauseCode } from '../../shared/hearing.ts';
import type { Proof } from '../../shared/tunnel.ts';
import type { Store } from '../database/open-database.ts';
import { coverageDays, midnight } from './coverage.ts';
import { GapLedger } from './gap-ledger.ts';
import { GapTable } from './gap-table.ts';
import { causesOf, type HearingFacts, type Patience, stateOf } from './hearing.ts';
import type { ProbeOutcome } from './probe-call.ts';
import { Probing, type WayIn } from './probing.ts';
import {
  type AbsenceBefore,
  absenceSince,
  readSignOfLife,
  type SignOfLife,
  writeSignOfLife,
} from './sign-of-life.ts';
import { absenceBetween, type ClockReading } from './sleep-watch.ts';

/** What this computer says of itself. */
export type LocalFacts = Pick<HearingFacts, 'listener' | 'storeWritable' | 'storeDamaged'>;

export interface HearingWatchParts {
  readonly db: Store;
  readonly dataDir: string;
  readonly version: string;
  /** Which run of the program this is; no two are alike. */
  readonly process: string;
  /** Which run of the computer, where the system names them (/proc/sys/kernel/random/boot_id). */
  readonly boot: string | null;
  /** Epoch ms. */
  readonly now: () => number;
  /**
   * Monotonic ms, of a clock that stands still while the computer sleeps. Where there is none (macOS, Windows) a constant
   * will do: then every standstill is taken for sleep.
   */
  readonly elapsed: () => number;
  /** Since the computer started, in ms, sleep included. */
  readonly uptime: () => number;
  readonly sources: () => readonly { readonly paused: boolean; readonly lastDeliveryAt: number | null }[];
  /** Null: no way in from outside was chosen. */
  readonly way: () => WayIn | null;
  readonly hasNetwork: () => boolean;
  readonly isOnCall: () => boolean;
  /** Calls our public address (probe-call.ts); rejects nothing. */
  readonly call: (publicUrl: string) => Promise<ProbeOutcome>;
  /** State or causes are other ones. */
  readonly onHearing: () => void;
  /** A call came back or was given up: `proof` is another one. */
  readonly onProof: () => void;
  /** A gap is over, of whatever length. */
  readonly onGapEnd: (gap: Gap) => void;
  readonly onFault: (error: unknown) => void;
}

/** What is not heard by then is not starting but deaf. */
const startingMs = 60_000;
/** Network and tunnel need their moment after a start or a wake. */
const wakingMs = 20_000;
const signEveryMs = 10_000;
const retentionEveryMs = 60 * 60 * 1000;
const keptMs = 400 * 24 * 60 * 60 * 1000;

export class HearingWatch {
  readonly #parts: HearingWatchParts;
  readonly #probing: Probing;
  readonly #table: GapTable;
  readonly #ledger: GapLedger;
  #local: LocalFacts = { listener: 'starting', storeWritable: true, storeDamaged: false };
  #told: { readonly state: Hearing['state']; readonly codes: readonly HearingCauseCode[] } | null = null;
  /** Since when nothing was heard without a break; null while hearing. */
  #silentFrom: number | null = null;
  #wasDeaf = false;
  #wokeAt: number;
  #seen: ClockReading;
  #suspendedAt: number | null = null;
  /** Since when there is no network, as `uptime` counts; null: there is one. */
  #offlineFrom: number | null = null;
  #isShuttingDown = false;
  #isStopped = false;
  #signedAt: number;
  #retainedAt: number | null = null;

  constructor(parts: HearingWatchParts) {
    this.#parts = parts;
    this.#seen = this.#read();
    this.#wokeAt = this.#seen.uptime;
    this.#probing = new Probing({
      ...parts,
      isListening: () => this.#local.listener === 'up',
      onFinding: () => {
        this.#judge();
        parts.onProof();
      },
    });
    this.#table = new GapTable(parts.db, parts.onFault);
    const absence = this.#absenceBefore();
    this.#ledger = new GapLedger({
      ...parts,
      table: this.#table,
      bootedAt: absence?.measured?.bootedAt ?? null,
      onEnd: parts.onGapEnd,
    });
    if (absence !== null) this.#ledger.absentBefore(absence);
    this.#signedAt = this.#seen.uptime;
    this.#sign(null);
  }

  get facts(): HearingFacts {
    const way = this.#parts.way();
    const hasNetwork = this.#parts.hasNetwork();
    return {
      ...this.#local,
      sources: this.#sources(),
      wayIn: way === null ? null : { tunnel: way.state, standing: this.#probing.standing, hasNetwork },
      patience: this.#patience(),
    };
  }

  /** For `TunnelStatus`. */
  get proof(): Proof {
    return this.#probing.proof;
  }

  /** Facts about ourselves; call it without any when tunnel, sources or on-call have changed. */
  learn(news: Partial<LocalFacts> = {}): void {
    if (this.#isStopped) return;
    this.#look();
    this.#local = { ...this.#local, ...news };
    this.#followNetwork();
    this.#probing.tick();
    this.#judge();
  }

  tick(): void {
    if (this.#isStopped) return;
    this.learn();
    const { uptime } = this.#seen;
    this.#table.catchUp(uptime);
    if (uptime - this.#signedAt >= signEveryMs) this.#sign(null);
    if (this.#retainedAt !== null && uptime - this.#retainedAt < retentionEveryMs) return;
    this.#retainedAt = uptime;
    this.#table.removeBefore(this.#parts.now() - keptMs);
  }

  /** The operating system says that the computer is about to sleep; it may not. */
  noteSuspend(): void {
    if (this.#isStopped) return;
    this.#look();
    this.#suspendedAt = this.#seen.uptime;
    this.#sign(null);
  }

  /** The computer has woken. */
  noteResume(): void {
    if (this.#isStopped) return;
    // The clocks may have told already.
    if (!this.#look() && this.#suspendedAt !== null) this.#wake();
    this.#judge();
  }

  /** The computer is about to go off. */
  noteShutdown(): void {
    if (this.#isStopped) return;
    this.#isShuttingDown = true;
    this.#sign('shutdown');
  }

  /** The computer is in another network. */
  noteNetwork(): void {
    this.learn();
    this.#probing.callSoon();
  }

  /** A sender's request was taken; `host`: the address it called. */
  noteDelivery(host: string | undefined): void {
    this.#probing.noteDelivery(host);
  }

  /** Calls our public address now; answers when it came back or was given up. */
  probeNow(): Promise<Proof> {
    return this.#probing.callNow();
  }

  /** Gaps that touch the time from `from` (epoch ms) on, oldest first. */
  gapsSince(from: number): Gap[] {
    return this.#ledger.endingAfter(from);
  }

  coverage(days: number, sources: Coverage['sources']): Coverage {
    const now = this.#parts.now();
    const since = Math.min(now, this.#ledger.since ?? now);
    const gaps = this.#ledger.endingAfter(midnight(now, 1 - days));
    const strip = coverageDays(gaps, since, now, days);
    return { since, now, gaps: gaps.toReversed(), days: strip, sources };
  }

  /** The last sign of life. Call it before anything else is stopped: what goes down after it is no news. */
  stop(): void {
    if (this.#isStopped) return;
    this.learn();
    this.#isStopped = true;
    this.#sign(this.#isShuttingDown ? 'shutdown' : 'quit');
  }

  #sources(): HearingFacts['sources'] {
    const sources = this.#parts.sources();
    if (sources.length === 0) return 'none';
    return sources.every(({ paused }) => paused) ? 'all-paused' : 'some';
  }

  #patience(): Patience {
    if (this.#wasDeaf) return 'none';
    const now = this.#parts.uptime();
    if (now - this.#wokeAt < wakingMs) return 'waking';
    return now - (this.#silentFrom ?? now) < startingMs ? 'starting' : 'none';
  }

  #followNetwork(): void {
    const { hasNetwork, uptime } = this.#parts;
    if (hasNetwork() === (this.#offlineFrom === null)) return;
    this.#offlineFrom = this.#offlineFrom === null ? uptime() : null;
    this.#probing.callSoon();
  }

  #judge(): void {
    if (this.#isStopped) return;
    const facts = this.facts;
    const codes = causesOf(facts);
    const state = stateOf(codes, facts.patience);
    this.#silentFrom = state === 'hearing' ? null : (this.#silentFrom ?? this.#parts.uptime());
    this.#wasDeaf = state === 'deaf';
    if (facts.sources !== 'none') this.#ledger.begin();
    const [cause] = codes;
    if (state === 'hearing' || cause === undefined) this.#ledger.follow({ state: 'hearing' });
    else {
      const from = this.#probing.doubtedFrom ?? (cause === 'no-network' ? this.#offlineFrom : null);
      this.#ledger.follow({ state, cause, at: null, from });
    }
    const told = this.#told;
    if (told?.state === state && told.codes.join() === codes.join()) return;
    this.#told = { state, codes };
    this.#parts.onHearing();
  }

  /** True when we have not run for a while. */
  #look(): boolean {
    const before = this.#seen;
    this.#seen = this.#read();
    const absence = absenceBetween(before, this.#seen, this.#suspendedAt);
    if (absence === null) return false;
    const from = Math.min(absence.from, this.#probing.doubtedFrom ?? absence.from);
    this.#ledger.follow({ state: 'deaf', cause: absence.cause, at: absence.from, from });
    this.#wake();
    return true;
  }

  #wake(): void {
    this.#suspendedAt = null;
    this.#wokeAt = this.#seen.uptime;
    this.#probing.disbelieve();
  }

  #read(): ClockReading {
    return { uptime: this.#parts.uptime(), elapsed: this.#parts.elapsed() };
  }

  /** Nobody was there before this run began; since when, the last one has left word, or else the store says. */
  #absenceBefore(): AbsenceBefore | null {
    const last = readSignOfLife(this.#parts.dataDir) ?? this.#lastInStore();
    return last === null ? null : absenceSince(last, this.#signNow());
  }

  #lastInStore(): { readonly at: number } | null {
    const { since } = this.#table;
    if (since === null) return null;
    const heard = this.#parts.sources().map(({ lastDeliveryAt }) => lastDeliveryAt ?? since);
    return { at: Math.max(since, this.#table.lastEndUpTo(this.#parts.now()) ?? since, ...heard) };
  }

  /**
   * Of the newest moment of which the next start can be sure: what is doubted while we seem to hear may be the beginning of a
   * gap, and of a gap that the store has not taken nothing else is left.
   */
  #signNow(): Omit<SignOfLife, 'end'> {
    const { now, uptime, boot, process, version } = this.#parts;
    const { unsavedFrom } = this.#table;
    const unsavedMs = unsavedFrom === null ? 0 : now() - unsavedFrom;
    const doubtedMs = Math.max(unsavedMs, this.#told?.state === 'hearing' ? this.#doubtMs() : 0);
    return { at: Math.round(now() - doubtedMs), uptime: uptime() - doubtedMs, boot, process, version };
  }

  #doubtMs(): number {
    const { doubtedFrom } = this.#probing;
    return doubtedFrom === null ? 0 : this.#parts.uptime() - doubtedFrom;
  }

  #sign(end: SignOfLife['end']): void {
    this.#signedAt = this.#seen.uptime;
    try {
      writeSignOfLife(this.#parts.dataDir, { ...this.#signNow(), end });
    } catch (error) {
      // The next absence will seem longer than it was; nothing is lost by that.
      this.#parts.onFault(error);
    }
  }
}
