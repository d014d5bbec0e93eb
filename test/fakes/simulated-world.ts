// A computer, its network, a tunnel and a far end in simulated time, with Tocsin's watch on hearing running in it. It knows
// at each second whether a sender would have got through, which the watch can only find out.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Store } from '../../main/database/open-database.ts';
import { HearingWatch } from '../../main/tunnel/hearing-watch.ts';
import { causesOf, stateOf } from '../../main/tunnel/hearing.ts';
import type { ProbeOutcome } from '../../main/tunnel/probe-call.ts';
import type { WayIn } from '../../main/tunnel/probing.ts';
import type { Gap } from '../../shared/coverage.ts';
import type { Hearing, HearingCauseCode } from '../../shared/hearing.ts';
import type { ProbeFinding } from '../../shared/tunnel.ts';

export const secondMs = 1000;
/** What a tunnel takes to come up, and to notice that it has no network. */
const connectMs = 2000;
const keepAliveMs = 30_000;

/** A simulated day writes its sign of life nine thousand times. */
const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

interface PendingCall {
  readonly dueAt: number;
  readonly began: ProbeFinding;
  readonly answer: (outcome: ProbeOutcome) => void;
}

/** A stretch in seconds of simulated time, the end not included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export class SimulatedWorld {
  /** What is wrong right now; anything but `null` and an empty set is a fault of the world. */
  readonly faults = { tunnel: 0, silent: 0, wrong: 0, network: 0, port: 0 };
  isOnCall = true;
  /** A tunnel's connection is lost in sleep; somebody else's proxy stays where it is. */
  losesTunnelInSleep = true;
  /** Linux says which run of the computer this is. */
  namesItsRuns = true;
  hasTunnel = true;
  sources: { paused: boolean; lastDeliveryAt: number | null }[] = [{ paused: false, lastDeliveryAt: null }];
  version = '1.0.0';
  watch: HearingWatch | null = null;
  /** Per second: whether a sender would have got through, and what we thought; null: nobody was there to think. */
  readonly truth: boolean[] = [];
  readonly thought: (Hearing['state'] | null)[] = [];
  /** Gaps that have ended, in seconds of simulated time. */
  readonly ended: (Stretch & { readonly gap: Gap })[] = [];
  readonly faultsReported: unknown[] = [];
  calls = 0;
  readonly dataDir = mkdtempSync(path.join(memoryFolder, 'tocsin-world-'));
  db: Store = this.#openStore();

  #time = 0;
  #slept = 0;
  #bootedAt = -3_600_000;
  #wall: number;
  #runs = 0;
  #isAsleep = false;
  #isFrozen = false;
  /** False until we have looked at the clocks after a sleep or standstill. */
  #isAwareAgain = true;
  #startedAt = 0;
  #lostNetworkAt: number | null = null;
  #way: WayIn = { state: 'down', publicUrl: null, since: 0 };
  #connectedAt = 0;
  #pending: PendingCall[] = [];

  /** `start`: what the clock says at first, epoch ms. */
  constructor(start: number) {
    this.#wall = start;
  }

  get seconds(): number {
    return this.#time / secondMs;
  }

  now(): number {
    return this.#wall + this.#time;
  }

  uptime(): number {
    return this.#time - this.#bootedAt;
  }

  /** Starts Tocsin; listener and tunnel come up by themselves. */
  start(): void {
    this.#runs += 1;
    this.#startedAt = this.#time;
    this.#way = { state: 'starting', publicUrl: null, since: this.now() };
    this.#connectedAt = this.#time + connectMs;
    this.watch = new HearingWatch({
      db: this.db,
      dataDir: this.dataDir,
      version: this.version,
      process: String(this.#runs),
      boot: this.namesItsRuns ? String(this.#bootedAt) : null,
      now: () => this.now(),
      uptime: () => this.uptime(),
      elapsed: () => this.#elapsed(),
      sources: () => this.sources,
      way: () => (this.hasTunnel ? this.#way : null),
      hasNetwork: () => this.faults.network === 0,
      isOnCall: () => this.isOnCall,
      call: () => this.#call(),
      onHearing: () => undefined,
      onProof: () => undefined,
      onGapEnd: (gap) => this.#note(gap),
      onFault: (error) => void this.faultsReported.push(error),
    });
  }

  /** Ends Tocsin: without a word, or with one. */
  end(how: 'crash' | 'quit'): void {
    if (how === 'quit') this.watch?.stop();
    this.watch = null;
    this.#pending = [];
  }

  /** The store is closed and opened again, as between two runs. */
  reopenStore(): void {
    this.db.close();
    this.db = this.#openStore();
  }

  sleep(isAnnounced: boolean): void {
    if (isAnnounced) this.watch?.noteSuspend();
    this.#isAsleep = true;
  }

  wake(isAnnounced: boolean): void {
    this.#isAsleep = false;
    this.#isAwareAgain = false;
    if (this.losesTunnelInSleep && this.#way.state === 'up')
      this.#setWay({ state: 'down', publicUrl: this.#way.publicUrl });
    if (isAnnounced) this.watch?.noteResume();
  }

  freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
    this.#isAwareAgain = false;
  }

  /** The computer starts anew. */
  boot(): void {
    this.#bootedAt = this.#time;
  }

  setClock(byMs: number): void {
    this.#wall += byMs;
  }

  /** A fault of the world begins (1) or ends (-1); they add up. */
  change(fault: keyof SimulatedWorld['faults'], by: 1 | -1): void {
    this.faults[fault] += by;
    if (fault === 'network') this.#lostNetworkAt = this.faults.network > 0 ? this.#time : null;
    if (!this.#isRunning()) return;
    if (fault === 'network') this.watch?.noteNetwork();
    this.#followListener();
  }

  get state(): Hearing['state'] | null {
    const facts = this.watch?.facts;
    return facts === undefined ? null : stateOf(causesOf(facts), facts.patience);
  }

  get causes(): readonly HearingCauseCode[] {
    const facts = this.watch?.facts;
    return facts === undefined ? [] : causesOf(facts);
  }

  /** Lets so many seconds pass. */
  async run(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) await this.#second();
  }

  /** Every gap in the store, oldest first. */
  gaps(): Gap[] {
    return this.watch?.gapsSince(Number.NEGATIVE_INFINITY) ?? [];
  }

  dispose(): void {
    this.db.close();
    rmSync(this.dataDir, { recursive: true });
  }

  #openStore(): Store {
    const db = openDatabase(path.join(this.dataDir, 'tocsin.db'));
    // Nobody pulls the plug here.
    db.pragma('synchronous = OFF');
    return db;
  }

  async #second(): Promise<void> {
    this.truth.push(this.#isReachable());
    this.thought.push(this.#isRunning() && this.#isAwareAgain ? this.state : null);
    this.#time += secondMs;
    if (this.#isAsleep) this.#slept += secondMs;
    if (!this.#isRunning()) return;
    this.#followTunnel();
    this.#followListener();
    await this.#answer();
    this.watch?.tick();
    this.#isAwareAgain = true;
  }

  #isRunning(): boolean {
    return this.watch !== null && !this.#isAsleep && !this.#isFrozen;
  }

  #isReachable(): boolean {
    if (!this.#isRunning() || this.#listener() !== 'up') return false;
    if (!this.hasTunnel) return true;
    return this.#way.state === 'up' && this.#finding() === 'reached';
  }

  #elapsed(): number {
    return this.#time - this.#slept;
  }

  #listener(): 'starting' | 'up' | 'port-taken' {
    if (this.faults.port > 0) return 'port-taken';
    return this.#time - this.#startedAt < secondMs ? 'starting' : 'up';
  }

  #followListener(): void {
    const listener = this.#listener();
    if (this.watch?.facts.listener !== listener) this.watch?.learn({ listener });
  }

  #followTunnel(): void {
    const lostMs = this.#lostNetworkAt === null ? 0 : this.#time - this.#lostNetworkAt;
    const { state, publicUrl } = this.#way;
    if (this.faults.tunnel > 0 || lostMs > keepAliveMs || (lostMs > 0 && state !== 'up')) {
      if (state !== 'down') this.#setWay({ state: 'down', publicUrl });
    } else if (state === 'down') {
      this.#connectedAt = this.#time + connectMs;
      this.#setWay({ state: 'starting', publicUrl });
    } else if (state === 'starting' && this.#time >= this.#connectedAt) {
      this.#setWay({ state: 'up', publicUrl: 'https://demo.example' });
    }
  }

  #setWay(way: Omit<WayIn, 'since'>): void {
    this.#way = { ...way, since: this.now() };
    // As the supervisor would: at once, not with the next tick.
    if (this.#isRunning()) this.watch?.learn();
  }

  #finding(): ProbeFinding {
    if (this.faults.network > 0) return 'no-network';
    if (this.faults.tunnel > 0) return 'refused';
    if (this.faults.silent > 0) return 'timeout';
    return this.faults.wrong > 0 ? 'wrong-answer' : 'reached';
  }

  #call(): Promise<ProbeOutcome> {
    this.calls += 1;
    const began = this.#finding();
    const takesMs = began === 'timeout' ? 10_000 : began === 'no-network' ? 0 : 300;
    return new Promise((answer) => this.#pending.push({ dueAt: this.#elapsed() + takesMs, began, answer }));
  }

  async #answer(): Promise<void> {
    const due = this.#pending.filter(({ dueAt }) => dueAt <= this.#elapsed());
    if (due.length === 0) return;
    this.#pending = this.#pending.filter((call) => !due.includes(call));
    for (const { began, answer } of due) {
      const finding = began === 'reached' ? this.#finding() : began;
      const certain = finding === 'no-network' || finding === 'wrong-answer';
      answer({ finding, certain, roundTripMs: finding === 'reached' ? 300 : null, detail: null });
    }
    await new Promise((resolve) => setImmediate(resolve));
  }

  #note(gap: Gap): void {
    const toSeconds = (at: number): number => (at - this.#wall) / secondMs;
    this.ended.push({ from: toSeconds(gap.startedAt), to: toSeconds(gap.endedAt ?? this.now()), gap });
  }
}
