// A delivery from the store, read by today's parser: what it says takes effect as if it had been understood when it came,
// and nothing takes effect twice.
import type { AlertId, DeliveryId, SourceId, Verdict } from '../../shared/alert.ts';
import type { ParseAgainObstacle } from '../../shared/text/refusal-text.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { AlertEvent } from './alert-event.ts';
import type { AlertStore } from './alert-store.ts';
import { applyOne, canBeRetry, type DeliveryContent, identityOf, summarize } from './apply-events.ts';
import type { DeliveryLink, DeliveryTable, Judgement, KeptDelivery } from './delivery-table.ts';
import { type EventOrigin, openEpisode, type Outcome, type Problem } from './episode.ts';
import type { Ledger, Transaction } from './transaction.ts';

export interface ParseAgainParts {
  readonly ledger: Ledger;
  readonly store: AlertStore;
  readonly deliveries: DeliveryTable;
  /** What today's parser and the source's rules of today make of it; null when the source was removed. */
  readonly read: (
    delivery: KeptDelivery,
  ) => { readonly origin: EventOrigin; readonly content: DeliveryContent } | null;
}

/** It cannot be read again. `body-removed`: by retention, or it was too large to be kept at all. */
export class CannotParseAgain extends Error {
  readonly code: ParseAgainObstacle;
  constructor(code: ParseAgainObstacle) {
    super(code);
    this.name = 'CannotParseAgain';
    this.code = code;
  }
}

/** Remarks about the way a delivery came in; no parser says them again. */
const remarksOfArrival: ReadonlySet<string> = new Set<ReasonName>([
  'personal-data-removed',
  'old-secret',
  'address-not-listed',
]);

/** Verdict `ignored` with one of these: its events were looked at. */
const lookedAt: ReadonlySet<string> = new Set<ReasonName>([
  'no-data-ignored',
  'nothing-to-acknowledge',
  'already-acknowledged',
]);

/** Recoveries that are read again to see what came after a delivery; and how far behind it they are looked for. */
const mostRecoveries = 200;
const farthestRecovery = 20_000;

export class ParseAgain {
  readonly #parts: ParseAgainParts;
  /** By the delivery that is being read: its events are many, what came after it is the same for all of them. */
  readonly #recovered = new WeakMap<KeptDelivery, ReadonlySet<string>>();

  constructor(parts: ParseAgainParts) {
    this.#parts = parts;
  }

  /** One transaction. Answers with the verdict before and after; throws `CannotParseAgain`. */
  parse(id: DeliveryId): { readonly sourceId: SourceId; readonly before: Verdict; readonly after: Verdict } {
    const { deliveries, ledger, read } = this.#parts;
    const kept = deliveries.load(id);
    if (kept === null) throw new CannotParseAgain('unknown-delivery');
    if (kept.bodyRemoved || reasonsOf(kept).includes('too-large')) throw new CannotParseAgain('body-removed');
    if (reasonsOf(kept).includes('address-refused')) throw new CannotParseAgain('address-refused');
    const today = read(kept);
    if (today === null) throw new CannotParseAgain('unknown-source');
    const judgement = ledger.commit((transaction) => {
      const judged = this.#judge(transaction, kept, today.content, today.origin);
      deliveries.judgeAgain(kept.number, judged);
      return judged;
    });
    return { sourceId: kept.sourceId, before: kept.verdict, after: judgement.verdict };
  }

  #judge(
    transaction: Transaction,
    kept: KeptDelivery,
    content: DeliveryContent,
    origin: EventOrigin,
  ): Judgement {
    const applied = wasApplied(kept);
    const came = reasonsOf(kept).filter((reason) => remarksOfArrival.has(reason));
    if (content.kind === 'no-events') {
      return applied
        ? judge(kept.verdict, [kept.reason], kept.links)
        : judge(content.verdict, [content.reason, ...content.remarks, ...came], kept.links);
    }
    const outcomes = applied
      ? this.#applyRest(transaction, kept, content.events, origin)
      : content.events.flatMap((event) => this.#apply(transaction, kept, event, origin, true));
    if (applied && outcomes.length === 0) return judge(kept.verdict, [kept.reason], kept.links);
    const { verdict, reason, alertIds } = summarize(outcomes, content.remarks);
    const links = alertIds
      .filter((alert) => kept.links.every((link) => link.alert !== alert))
      .map((alert) => this.#hang(transaction, alert, kept.number));
    const all = [...kept.links, ...links];
    if (!applied) return judge(verdict, [reason, ...came], all);
    return judge(verdict === kept.verdict ? verdict : 'mixed', [kept.reason, reason], all);
  }

  /** Of a delivery that had its effect: what it says of problems that it was not understood to speak of. */
  #applyRest(
    transaction: Transaction,
    kept: KeptDelivery,
    events: readonly AlertEvent[],
    origin: EventOrigin,
  ): Outcome[] {
    const keys = new Set(kept.links.map(({ alert }) => this.#parts.store.loadEpisode(alert)?.alert.key));
    // Today's parser names the same problems differently: what they are called is no news.
    if (keys.size > 0 && !events.some((event) => keys.has(event.key))) return [];
    return events
      .filter((event) => !keys.has(event.key))
      .flatMap((event) => this.#apply(transaction, kept, event, origin, false));
  }

  /** `isFirst`: no event of the delivery was looked at before; else only what has an effect counts. */
  #apply(
    transaction: Transaction,
    kept: KeptDelivery,
    event: AlertEvent,
    origin: EventOrigin,
    isFirst: boolean,
  ): Outcome[] {
    const { store } = this.#parts;
    // Without the sender's time the time of arrival says what came after what.
    const sentAt = event.sentAt ?? kept.receivedAt;
    const isNew = store.rememberEvent(sentAt, identityOf(event, origin.sourceId));
    if (!isNew && !isFirst) return [];
    const problem = transaction.problem(origin.sourceId, event.key);
    const tooLate = this.#whyTooLate(problem, event, kept);
    if (tooLate !== null) {
      return isFirst ? [{ verdict: 'late', reason: tooLate, problem, steps: [] }] : [];
    }
    if (!isFirst && event.kind === 'recovered' && openEpisode(problem) === null) return [];
    const alert = problem.last?.alert;
    // What it says held when it arrived; but no alert is over before it was opened.
    const now = Math.max(
      kept.receivedAt,
      alert?.openedAt ?? 0,
      alert?.lastEventAt ?? 0,
      alert?.resolvedAt ?? 0,
    );
    return [applyOne(transaction, store, { ...event, sentAt }, isNew || !canBeRetry(event), origin, now)];
  }

  #whyTooLate(problem: Problem, event: AlertEvent, kept: KeptDelivery): ReasonName | null {
    if (isOvertaken(problem, event, kept)) return 'older-than-newest';
    const mayOpen = event.kind === 'firing' && event.sentAt === null && openEpisode(problem) === null;
    return mayOpen && this.#recoveredSince(kept).has(event.key) ? 'recovered-already' : null;
  }

  /** Keys. A recovery without a time of a problem that was not known leaves no trace but its delivery. */
  #recoveredSince(kept: KeptDelivery): ReadonlySet<string> {
    const { deliveries, read } = this.#parts;
    let keys = this.#recovered.get(kept);
    if (keys === undefined) {
      const later = deliveries.loadRecoveriesAfter(kept, farthestRecovery, mostRecoveries);
      const contents = later.flatMap((one) => read(one)?.content ?? []);
      const events = contents.flatMap((content) => (content.kind === 'events' ? content.events : []));
      keys = new Set(events.flatMap((event) => (event.kind === 'recovered' ? [event.key] : [])));
      this.#recovered.set(kept, keys);
    }
    return keys;
  }

  /** Hangs the delivery into the alert's chain at its place: newer ones stay before it. */
  #hang(transaction: Transaction, alert: AlertId, number: number): DeliveryLink {
    const { deliveries } = this.#parts;
    let newer = transaction.lastDelivery(alert);
    if (newer === null || newer < number) return { alert, before: transaction.linkDelivery(alert, number) };
    for (;;) {
      const links = deliveries.loadLinks(newer);
      const before = links.find((link) => link.alert === alert)?.before ?? null;
      if (before === null || before < number) {
        const hung = links.map((link) => (link.alert === alert ? { alert, before: number } : link));
        deliveries.saveLinks(newer, hung);
        return { alert, before };
      }
      newer = before;
    }
  }
}

function judge(verdict: Verdict, reasons: readonly string[], links: readonly DeliveryLink[]): Judgement {
  const each = reasons.flatMap((reason) => reason.split(', '));
  const remark: ReasonName = 'parsed-again';
  return {
    verdict,
    reason: [...new Set([...each.filter((one) => one !== remark), remark])].join(', '),
    links,
  };
}

function reasonsOf(kept: KeptDelivery): string[] {
  return kept.reason.split(', ');
}

/** False when none of its events was ever looked at. */
function wasApplied(kept: KeptDelivery): boolean {
  if (kept.verdict === 'not-understood' || kept.verdict === 'probe') return false;
  if (kept.verdict !== 'ignored' || kept.links.length > 0) return true;
  return reasonsOf(kept).some((reason) => lookedAt.has(reason));
}

/**
 * True when something was heard of the problem, or it was closed here, after this had arrived, and no times of the sender say
 * otherwise.
 */
function isOvertaken(
  problem: Problem,
  event: AlertEvent,
  { receivedAt, number }: Pick<KeptDelivery, 'receivedAt' | 'number'>,
): boolean {
  const { last } = problem;
  if (last === null || event.kind === 'test') return false;
  const { lastEventAt, resolvedAt, resolvedBy, state } = last.alert;
  const isHeardSince =
    lastEventAt > receivedAt || (lastEventAt === receivedAt && (last.lastDelivery ?? 0) > number);
  if (event.kind === 'acknowledged') return isHeardSince;
  const isOverSince = (resolvedAt ?? 0) > receivedAt;
  if (resolvedBy === 'user' || resolvedBy === 'time') return isOverSince;
  const isComparable =
    event.sentAt !== null && last.sentAt !== null && (state !== 'resolved' || problem.recoveredAt !== null);
  return !isComparable && (isHeardSince || isOverSince);
}
