// On call: one switch that sets the posture of the computer. It keeps it awake on mains, warns of what would make us deaf,
// has somebody outside notice when we are off, and ends by itself. Driven by `tick`, once a second.
import type { OnCall, OnCallWarning, PowerFacts } from '../../shared/on-call.ts';
import type { Settings } from '../../shared/settings.ts';
import { type CallOutcome, OutsideCheck } from './outside-check.ts';
import type { Shifts, Span } from './shifts.ts';
import { warningsOf } from './warnings.ts';

export interface OnCallModeParts {
  readonly shifts: Shifts;
  readonly settings: () => Pick<Settings, 'keepAwake' | 'outsideCheckUrl'>;
  readonly isHearing: () => boolean;
  /** Critical alerts that are not over. */
  readonly criticals: () => number;
  readonly power: () => Promise<PowerFacts>;
  /** Null: nobody knows. */
  readonly hasNetwork: () => boolean | null;
  /** Null: nothing can keep this computer awake (headless). */
  readonly keepAwake: ((on: boolean) => void) | null;
  readonly callOutside: (url: string) => Promise<CallOutcome>;
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly elapsed: () => number;
  /** `state` is another one now. */
  readonly onState: () => void;
  /** Those that hold now; called when they are other ones. */
  readonly onWarnings: (warnings: readonly OnCallWarning[]) => void;
  /** It has ended by itself: the hand-over may be offered. */
  readonly onOver: () => void;
  readonly onFault: (error: unknown) => void;
}

/** The longest a shift may be planned for. */
export const longestShiftMs = 14 * 24 * 60 * 60 * 1000;
/** Without any shift, the hand-over is about so long. */
const dayMs = 24 * 60 * 60 * 1000;
const askPowerMs = 30_000;
/** Whoever goes on for so many seconds did not fall asleep, whatever was announced. */
const awakeTicks = 30;

const unknownPower: PowerFacts = { supply: 'unknown', batteryPercent: null };

export class OnCallMode {
  readonly #parts: OnCallModeParts;
  readonly #check: OutsideCheck;
  #power: PowerFacts = unknownPower;
  #powerAskedAt = Number.NEGATIVE_INFINITY;
  /** Ticks that are left of a sleep that was announced; null: none was. */
  #sleepTicks: number | null = null;
  #networkLostAt: number | null = null;
  #warnings: readonly OnCallWarning[] = [];
  #isKeptAwake = false;
  #isStopped = false;

  constructor(parts: OnCallModeParts) {
    this.#parts = parts;
    const { callOutside, elapsed, settings } = parts;
    this.#check = new OutsideCheck({ url: () => settings().outsideCheckUrl, call: callOutside, elapsed });
  }

  get isOn(): boolean {
    return this.#parts.shifts.current !== null;
  }

  /** Null: not on call. */
  get state(): OnCall | null {
    const shift = this.#parts.shifts.current;
    if (shift === null) return null;
    return { ...shift, keptAwake: this.#isKeptAwake, warnings: [...this.#warnings] };
  }

  /** Of the shift that runs, else of the last one, else of the last 24 hours. */
  get span(): Span {
    const { shifts } = this.#parts;
    const now = this.#parts.now();
    if (shifts.current !== null)
      return { from: shifts.current.since, to: Math.max(shifts.current.since, now) };
    return shifts.last ?? { from: now - dayMs, to: now };
  }

  /** `until`: epoch ms; null: until it is switched off. A shift that runs gets another end. Throws storage trouble. */
  switchOn(until: number | null): void {
    this.#parts.shifts.begin(this.#parts.now(), until);
    this.#powerAskedAt = Number.NEGATIVE_INFINITY;
    this.tick();
    this.#parts.onState();
  }

  /** Throws storage trouble; off it is all the same. */
  switchOff(): void {
    this.#end(this.#parts.now());
  }

  tick(): void {
    if (this.#isStopped) return;
    const { shifts, now, isHearing } = this.#parts;
    const until = shifts.current?.until ?? null;
    if (until !== null && until <= now()) {
      try {
        this.#end(until);
      } finally {
        this.#parts.onOver();
      }
    }
    this.#check.tick(this.isOn && isHearing());
    if (!this.isOn) return;
    this.#askPower();
    this.#followNetwork();
    if (this.#sleepTicks !== null) this.#sleepTicks = this.#sleepTicks > 1 ? this.#sleepTicks - 1 : null;
    this.#settle();
  }

  /** The computer says that it is about to sleep: the lid, the menu, or by itself. */
  goingToSleep(): void {
    if (this.#isStopped) return;
    this.#sleepTicks = awakeTicks;
    this.#settle();
  }

  woke(): void {
    if (this.#isStopped) return;
    this.#sleepTicks = null;
    this.#powerAskedAt = Number.NEGATIVE_INFINITY;
    this.#settle();
  }

  /** The app quits, or goes on with another store; the shift goes on in the store. Nothing happens any more. */
  stop(): void {
    this.#isStopped = true;
    this.#keepAwake(false);
  }

  #end(at: number): void {
    try {
      this.#parts.shifts.end(at);
    } finally {
      this.#check.forget();
      this.#power = unknownPower;
      this.#networkLostAt = null;
      this.#settle();
      this.#parts.onState();
    }
  }

  #askPower(): void {
    const { elapsed, power, onFault } = this.#parts;
    if (elapsed() - this.#powerAskedAt < askPowerMs) return;
    this.#powerAskedAt = elapsed();
    power().then((facts) => {
      // After the end nobody may be kept awake by an answer that comes late.
      if (this.#isStopped || !this.isOn) return;
      this.#power = facts;
      this.#settle();
    }, onFault);
  }

  #followNetwork(): void {
    const { hasNetwork, elapsed } = this.#parts;
    if (hasNetwork() !== false) this.#networkLostAt = null;
    else this.#networkLostAt ??= elapsed();
  }

  /** Brings the posture in line with what is known, and tells what is different. */
  #settle(): void {
    const isKeptAwake = this.isOn && this.#parts.settings().keepAwake && this.#power.supply !== 'battery';
    const isOther = this.#keepAwake(isKeptAwake);
    const warnings = this.isOn ? this.#warningsNow() : [];
    const areOthers = warnings.join() !== this.#warnings.join();
    this.#warnings = warnings;
    if (isOther || areOthers) this.#parts.onState();
    if (areOthers) this.#parts.onWarnings(warnings);
  }

  #warningsNow(): readonly OnCallWarning[] {
    const { criticals, elapsed, keepAwake, settings } = this.#parts;
    const isGoingToSleep = this.#sleepTicks !== null;
    const networkLostMs = this.#networkLostAt === null ? null : elapsed() - this.#networkLostAt;
    return warningsOf(
      {
        power: this.#power,
        isKeptAwake: keepAwake !== null && settings().keepAwake,
        isGoingToSleep,
        networkLostMs,
        // Counting thousands every second is for those moments only that ask for it.
        criticals: isGoingToSleep || networkLostMs !== null ? criticals() : 0,
        refusals: this.#check.refusals,
      },
      this.#warnings,
    );
  }

  /** True when it is another posture than before. What a system does not tell is taken for mains: awake hears. */
  #keepAwake(on: boolean): boolean {
    const { keepAwake } = this.#parts;
    if (keepAwake === null || on === this.#isKeptAwake) return false;
    keepAwake(on);
    this.#isKeptAwake = on;
    return true;
  }
}
