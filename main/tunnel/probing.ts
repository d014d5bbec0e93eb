// Calls our own public address when it is time, and keeps what came of it. Driven by `tick`; it has no timer of its own.
import type { Proof, TunnelStatus } from '../../shared/tunnel.ts';
import type { ProbeOutcome } from './probe-call.ts';
import {
  disbelieve,
  forAnotherAddress,
  nextCallAt,
  noRecord,
  type ProbeRecord,
  type ProbeStanding,
  recordDelivery,
  recordOutcome,
  standingOf,
} from './probe-standing.ts';

/** What must be known of the tunnel. */
export type WayIn = Pick<TunnelStatus, 'state' | 'publicUrl' | 'since'>;

export interface ProbingParts {
  /** Calls a public address; rejects nothing. */
  readonly call: (publicUrl: string) => Promise<ProbeOutcome>;
  /** Null: no way in from outside was chosen. */
  readonly way: () => WayIn | null;
  readonly isListening: () => boolean;
  readonly isOnCall: () => boolean;
  /** Epoch ms. */
  readonly now: () => number;
  /** Since the computer started, in ms, sleep included. */
  readonly uptime: () => number;
  /** The standing may be another one. */
  readonly onFinding: () => void;
}

/** A call that has not ended by itself by now never will; its clock was stopped or its socket is lost. */
const longestFlightMs = 30_000;
/** A call that is younger than this was made in the network as it is now. */
const settledMs = 1000;
const lost: ProbeOutcome = { finding: 'timeout', certain: false, roundTripMs: null, detail: null };

interface Flight {
  readonly startedAt: number;
  readonly over: Promise<void>;
}

export class Probing {
  readonly #parts: ProbingParts;
  #record: ProbeRecord = noRecord;
  #flight: Flight | null = null;
  /** When the first call was made that has no outcome, nor has any after it; null: none is. */
  #unansweredFrom: number | null = null;
  /** What the record is about. */
  #way: WayIn | null = null;
  #wasListening = false;

  constructor(parts: ProbingParts) {
    this.#parts = parts;
  }

  get standing(): ProbeStanding {
    return standingOf(this.#record);
  }

  /** Since when (as `uptime` counts) it is doubted that the public address is reached; null: it is not. */
  get doubtedFrom(): number | null {
    return this.#record.doubtedFrom;
  }

  get proof(): Proof {
    const { reachedAt, roundTripMs, misses, newest } = this.#record;
    const { now, uptime, isOnCall } = this.#parts;
    const wall = now() - uptime();
    const nextAt = nextCallAt(this.#record, isOnCall()) ?? uptime();
    return {
      reachedAt: reachedAt === null ? null : Math.round(wall + reachedAt),
      roundTripMs,
      misses,
      finding: newest?.finding ?? null,
      detail: newest?.detail ?? null,
      nextAt: this.#target() === null ? null : Math.round(wall + nextAt),
    };
  }

  /** Every second, and whenever the tunnel or the listener has changed: an address that is new is called at once. */
  tick(): void {
    this.#followWay();
    const { uptime, isOnCall } = this.#parts;
    if (this.#flight !== null && uptime() - this.#flight.startedAt > longestFlightMs) this.#land(lost);
    const url = this.#target();
    if (url === null || this.#flight !== null) return;
    const dueAt = nextCallAt(this.#record, isOnCall());
    if (dueAt === null || uptime() >= dueAt) this.#start(url);
  }

  /** The network is another one: what was proven may still hold, so it is asked again and not taken back. */
  callSoon(): void {
    const now = this.#parts.uptime();
    // A network that changes comes in several pieces of news.
    if (this.#flight !== null && now - this.#flight.startedAt < settledMs) return;
    // One that changes all the time must not keep every call from its end: nobody would ever know.
    if (this.#flight !== null && now - (this.#unansweredFrom ?? now) >= longestFlightMs) return;
    this.#flight = null;
    this.#record = { ...this.#record, askedAt: null };
    this.tick();
  }

  /** The computer slept or we stood still: nothing holds until it is proven again. */
  disbelieve(): void {
    this.#forgetCalls();
    this.#record = disbelieve(this.#record);
    this.tick();
  }

  /** A sender's request was taken; `host` is the address it called, as it names it. */
  noteDelivery(host: string | undefined): void {
    const url = this.#target();
    if (url === null || host === undefined || !isHostOf(host, url)) return;
    const before = this.standing;
    this.#record = recordDelivery(this.#record, this.#parts.uptime());
    if (this.standing !== before) this.#parts.onFinding();
  }

  /** Calls now, or waits for the call that is under way; answers with what is known then. */
  async callNow(): Promise<Proof> {
    this.#followWay();
    const url = this.#target();
    if (url !== null) await (this.#flight ?? this.#start(url)).over;
    return this.proof;
  }

  #target(): string | null {
    const way = this.#parts.way();
    return way?.state === 'up' && this.#parts.isListening() ? way.publicUrl : null;
  }

  #followWay(): void {
    const way = this.#parts.way();
    const known = this.#way;
    const isListening = this.#parts.isListening();
    if (isListening === this.#wasListening && isSameWay(way, known)) return;
    // While nothing listened nothing was asked, so what was proven before is old.
    this.#wasListening = isListening;
    this.#way = way;
    this.#forgetCalls();
    this.#record = recordFor(this.#record, known, way);
    this.#parts.onFinding();
  }

  #start(url: string): Flight {
    const over = this.#parts.call(url).then((outcome) => {
      // What was given up, or was about another way, says nothing any more.
      if (this.#flight === flight) this.#land(outcome);
    });
    const flight: Flight = { startedAt: this.#parts.uptime(), over };
    this.#flight = flight;
    this.#unansweredFrom ??= flight.startedAt;
    return flight;
  }

  #forgetCalls(): void {
    this.#flight = null;
    this.#unansweredFrom = null;
  }

  #land(outcome: ProbeOutcome): void {
    this.#forgetCalls();
    this.#record = recordOutcome(this.#record, outcome, this.#parts.uptime());
    this.#parts.onFinding();
  }
}

function isSameWay(one: WayIn | null, other: WayIn | null): boolean {
  return one?.state === other?.state && one?.publicUrl === other?.publicUrl && one?.since === other?.since;
}

function recordFor(record: ProbeRecord, known: WayIn | null, way: WayIn | null): ProbeRecord {
  if (way === null) return noRecord;
  return way.publicUrl === known?.publicUrl ? disbelieve(record) : forAnotherAddress(record);
}

/** Whether a request named the host of our public address; a standard port may be written out or not. */
function isHostOf(host: string, publicUrl: string): boolean {
  const named = `${publicUrl.slice(0, publicUrl.indexOf(':'))}://${host}`;
  return URL.canParse(named) && URL.canParse(publicUrl) && new URL(named).host === new URL(publicUrl).host;
}
