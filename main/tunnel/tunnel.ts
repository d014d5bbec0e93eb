// Keeps the chosen way in up: one attempt after the other, each ended before the next begins. Driven by `tick`; it has no
// timer of its own.
import { Value } from 'typebox/value';
import {
  PublicUrl,
  type SetTunnel,
  type TunnelPlan,
  type TunnelStatus,
  type TunnelView,
} from '../../shared/tunnel.ts';
import type { TunnelPlanStore } from '../settings/tunnel-plan.ts';
import { SecretUnreadable, type TunnelSecrets } from '../settings/tunnel-secret.ts';
import { detailOf } from './plain-line.ts';
import type { Programs } from './programs.ts';
import type { RunningTunnel, TunnelProvider, TunnelTrouble } from './provider.ts';

export interface TunnelParts {
  readonly plans: TunnelPlanStore;
  readonly secrets: TunnelSecrets;
  /** One attempt by this plan; `secret` is the one of its kind. */
  readonly providerFor: (
    plan: Exclude<TunnelPlan, { kind: 'none' }>,
    secret: string | null,
  ) => TunnelProvider;
  /** A person has chosen again: what was learnt of hosts by the last choice counts no more. */
  readonly forgetHosts: () => void;
  readonly programs: () => Promise<Programs>;
  /** Ours on 127.0.0.1; null while it is not ours. Whoever else has it must not be shown to the world. */
  readonly port: () => number | null;
  /** Epoch ms, for what people see. */
  readonly now: () => number;
  /** Since any beginning, in ms; nobody can set it. It may stand still while the computer sleeps. */
  readonly elapsed: () => number;
  /** The state is another one. */
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

/** All of the status but what a call from outside proves. */
export type TunnelState = Omit<TunnelStatus, 'proof'>;

const second = 1000;
/** Between attempts, the last one again and again. */
const backoffMs = [1, 2, 5, 10, 30, 60].map((seconds) => seconds * second);
/** Where a person has to change something first: perhaps it was changed at the other end. */
const stuckMs = 600 * second;
/** An attempt may take so long to come up. */
const longestStartMs = 30 * second;
/** What is up for so long and carries nothing is begun anew. */
const silentMs = 120 * second;
const silentLongMs = 600 * second;
/** Up for so long is a success: the next failure is the first one again. */
const steadyMs = 60 * second;

interface Attempt {
  readonly port: number;
  readonly startedAt: number;
  running: RunningTunnel | null;
  upAt: number | null;
}

type State = Pick<TunnelState, 'state' | 'publicUrl' | 'since' | 'trouble'>;

export class Tunnel {
  readonly #parts: TunnelParts;
  #state: State;
  #attempt: Attempt | null = null;
  /** Attempts in a row that came to nothing. */
  #failures = 0;
  /** When the next attempt is due, as `elapsed` counts. */
  #dueAt: number;
  /** Ending what was started; nothing begins before. */
  #ending: Promise<void> | null = null;
  #isStopped = false;
  /** How often a person has chosen. */
  #choices = 0;

  constructor(parts: TunnelParts) {
    this.#parts = parts;
    this.#state = { state: 'starting', publicUrl: null, since: parts.now(), trouble: null };
    this.#dueAt = parts.elapsed();
  }

  /** Null: no way in was chosen. */
  get state(): TunnelState | null {
    const { plans, now, elapsed } = this.#parts;
    const { kind } = plans.plan;
    if (kind === 'none') return null;
    const isWaiting = this.#state.state === 'down' && this.#attempt === null;
    return {
      kind,
      ...this.#state,
      nextTryAt: isWaiting ? now() + Math.max(0, Math.round(this.#dueAt - elapsed())) : null,
      formerUrls: plans.formerUrls,
    };
  }

  /** What the screen shows, with what is proven of it. */
  async view(status: TunnelStatus | null): Promise<TunnelView> {
    const { plans, secrets, programs } = this.#parts;
    return {
      plan: plans.plan,
      secret: secrets.keptBy(plans.plan.kind),
      programs: await programs(),
      status,
    };
  }

  /** Every second. */
  tick(): void {
    const { elapsed, port } = this.#parts;
    const attempt = this.#attempt;
    if (attempt !== null) {
      const age = elapsed() - attempt.startedAt;
      if (attempt.port !== port()) this.#again();
      else if (attempt.upAt === null && age >= longestStartMs)
        this.#fail(attempt, {
          // A keyring may wait for somebody to unlock it.
          code: attempt.running === null ? 'secret-unreadable' : 'no-address',
          detail: null,
          retry: true,
        });
      else if (attempt.upAt !== null && elapsed() - attempt.upAt >= steadyMs) this.#failures = 0;
    }
    this.#beginIfDue();
  }

  /**
   * Another plan, another secret, or both; takes effect at once. Rejects with `SecretsNotWritable` or storage trouble, and then
   * the plan that was there goes on, with its secret when the new one is of another kind.
   */
  async set({ plan, secret }: SetTunnel): Promise<void> {
    const { plans, secrets, forgetHosts, onChange, onFault } = this.#parts;
    this.#choices += 1;
    const choice = this.#choices;
    if (typeof secret === 'string') await secrets.keep(plan.kind, secret);
    else if (secret === null) secrets.forget(plan.kind);
    // A keyring may wait for hours to be unlocked; what was chosen meanwhile stays.
    if (choice !== this.#choices) {
      secrets.forgetOthers(plans.plan.kind);
      return;
    }
    plans.setPlan(plan);
    try {
      // Not before the plan is kept: the one that stays when it cannot be needs its own.
      secrets.forgetOthers(plan.kind);
      forgetHosts();
    } catch (error) {
      onFault(error);
    }
    this.#again();
    this.#become({ state: 'starting', publicUrl: null, trouble: null });
    onChange();
    this.#beginIfDue();
  }

  /** From the beginning, also when it is up. */
  restart(): void {
    this.#again();
    this.#beginIfDue();
  }

  /** The computer woke, or the network is another one. What is up may still hold, and notices by itself when not. */
  retryNow(): void {
    // The computer wakes for those, too, whose place another life has taken.
    if (!this.#isStopped && this.#attempt?.upAt == null) this.restart();
  }

  /**
   * It says that it is up, but what comes in outside does not arrive: perhaps another attempt carries. Call every second
   * while it is so. What would change its address is given more time, since that has to be pasted anew.
   */
  noteSilence(): void {
    const { elapsed, plans } = this.#parts;
    const upAt = this.#attempt?.upAt;
    // What the user runs is not ours to begin anew; it would only hide what is known of it.
    if (upAt == null || plans.plan.kind === 'own-address') return;
    if (elapsed() - upAt >= (keepsAddress(plans.plan) ? silentMs : silentLongMs)) this.restart();
  }

  addressPasted(): void {
    this.#parts.plans.forgetFormerUrls();
    this.#parts.onChange();
  }

  /** Ends within two seconds, and for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#endAttempt();
    await this.#ending;
  }

  #beginIfDue(): void {
    const { plans, port, elapsed } = this.#parts;
    const ours = port();
    const isFree = !this.#isStopped && this.#attempt === null && this.#ending === null;
    if (!isFree || ours === null || plans.plan.kind === 'none' || elapsed() < this.#dueAt) return;
    const attempt: Attempt = { port: ours, startedAt: elapsed(), running: null, upAt: null };
    this.#attempt = attempt;
    void this.#run(attempt, plans.plan);
  }

  async #run(attempt: Attempt, plan: Exclude<TunnelPlan, { kind: 'none' }>): Promise<void> {
    const { secrets, providerFor, onFault } = this.#parts;
    let secret: string | null = null;
    try {
      secret = await secrets.read(plan.kind);
      if (this.#attempt !== attempt) return;
      const running = providerFor(plan, secret).start(attempt.port, {
        onUp: (url) => this.#up(attempt, url),
        onDown: (why) => this.#fail(attempt, why),
      });
      // It may be over before it has begun.
      if (this.#attempt === attempt) attempt.running = running;
      else await running.stop();
    } catch (error) {
      onFault(error);
      const isLocked = error instanceof SecretUnreadable;
      this.#fail(attempt, {
        code: isLocked ? 'secret-unreadable' : 'failed',
        detail: isLocked ? null : detailOf(String(error), secret === null ? [] : [secret]),
        retry: true,
      });
    }
  }

  #up(attempt: Attempt, said: string): void {
    const { plans, now, elapsed, onFault } = this.#parts;
    if (this.#attempt !== attempt) return;
    const publicUrl = said.replace(/\/+$/, '');
    // The far end may say anything.
    if (!Value.Check(PublicUrl, publicUrl)) {
      this.#fail(attempt, { code: 'no-address', detail: detailOf(said, []), retry: true });
      return;
    }
    attempt.upAt ??= elapsed();
    try {
      plans.noteUrl(publicUrl, now());
    } catch (error) {
      // A full disk must not keep the tunnel down.
      onFault(error);
    }
    this.#become({ state: 'up', publicUrl, trouble: null });
  }

  #fail(attempt: Attempt, { code, detail, retry }: TunnelTrouble): void {
    const { elapsed } = this.#parts;
    if (this.#attempt !== attempt) return;
    this.#endAttempt();
    const wait = backoffMs[Math.min(this.#failures, backoffMs.length - 1)] ?? 0;
    this.#dueAt = elapsed() + (retry ? wait : stuckMs);
    this.#failures += 1;
    this.#become({ state: 'down', publicUrl: null, trouble: { code, detail } });
  }

  /** Ends what runs; the next attempt is due, and the first one. What is shown stays until it is known better. */
  #again(): void {
    const { elapsed } = this.#parts;
    this.#failures = 0;
    this.#dueAt = elapsed();
    const wasUp = this.#state.state === 'up';
    this.#endAttempt();
    if (wasUp) this.#become({ state: 'starting', publicUrl: null, trouble: null });
  }

  #endAttempt(): void {
    const running = this.#attempt?.running;
    this.#attempt = null;
    if (running == null) return;
    const ending: Promise<void> = Promise.all([this.#ending, running.stop()])
      .catch(this.#parts.onFault)
      .then(() => {
        if (this.#ending === ending) this.#ending = null;
        this.#beginIfDue();
      });
    this.#ending = ending;
  }

  /** Down stays down, and since then, while it tries again: whoever waits must not see it flicker. */
  #become(next: Omit<State, 'since'>): void {
    const before = this.#state;
    const isSame =
      next.state === before.state &&
      next.publicUrl === before.publicUrl &&
      next.trouble?.code === before.trouble?.code &&
      next.trouble?.detail === before.trouble?.detail;
    if (isSame) return;
    this.#state = { ...next, since: next.state === before.state ? before.since : this.#parts.now() };
    this.#parts.onChange();
  }
}

function keepsAddress(plan: TunnelPlan): boolean {
  switch (plan.kind) {
    case 'ssh':
      return plan.service === 'own-host';
    case 'cloudflared':
      return plan.mode === 'named';
    case 'ngrok':
      return plan.domain !== null;
    case 'none':
    case 'own-address':
      return true;
  }
}
