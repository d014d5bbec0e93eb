// The end of a shift: what the next one must know, as Markdown that can be pasted anywhere. Pure.
import type { Alert } from '../../shared/alert.ts';
import { compareAlerts, placeOf } from '../../shared/alert-order.ts';
import { type Gap, missedMs } from '../../shared/coverage.ts';
import type { HandOver } from '../../shared/on-call.ts';
import { gapLengthText } from '../../shared/text/coverage-text.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { NoisyProblem } from './noisy-problems.ts';
import type { Span } from './shifts.ts';

export interface HandOverFacts {
  readonly span: Span;
  /** Epoch ms. */
  readonly now: number;
  /** Every alert that is not over. */
  readonly alerts: readonly Alert[];
  readonly noisy: readonly NoisyProblem[];
  readonly sourceName: (id: NoisyProblem['sourceId']) => string;
  /** Those that touch the span, in any order. */
  readonly gaps: readonly Gap[];
  /** Since when gaps are written down, epoch ms. */
  readonly ledgerSince: number;
}

/** Thousands would make a text that nobody reads. */
const mostLines = 50;
const longestText = 200;

/** In the language of `texts`, in the time zone of this computer. */
export function handOver(facts: HandOverFacts, texts: Texts): HandOver {
  const { span } = facts;
  const t = texts.onCall.handOver;
  const write = writer(texts);
  const inPlace = (place: ReturnType<typeof placeOf>): readonly Alert[] =>
    facts.alerts.filter((alert) => placeOf(alert) === place).toSorted(compareAlerts);
  const section = (
    heading: (n: string) => string,
    alerts: readonly Alert[],
    more: (alert: Alert) => readonly string[],
  ) => [
    `## ${heading(write.number(alerts.length))}`,
    ...list(alerts, (alert) => line([...about(alert, write, t), ...more(alert)]), write, t),
  ];
  const blocks = [
    [`# ${t.title(write.moment(span.from), write.zoned(span.to))}`],
    section(t.open, inPlace('open'), () => []),
    section(t.acknowledged, inPlace('acknowledged'), ({ acknowledgedAt, acknowledgeNote }) => [
      t.acknowledgedFor(write.length(facts.now - (acknowledgedAt ?? facts.now))),
      ...(plain(acknowledgeNote ?? '') === '' ? [] : [t.note(plain(acknowledgeNote ?? ''))]),
    ]),
    section(t.snoozed, inPlace('snoozed').toSorted(bySnoozeEnd), ({ snoozedUntil }) => [
      t.returns(write.moment(snoozedUntil ?? facts.now)),
    ]),
    ...(facts.noisy.length === 0 ? [] : [noisyBlock(facts, write, t)]),
    gapBlock(facts, write, texts),
  ];
  return { ...span, markdown: `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n` };
}

type Words = Texts['onCall']['handOver'];

function about(alert: Alert, write: Writer, t: Words): readonly string[] {
  return [
    `**${t.priority[alert.priority]}**`,
    plain(alert.title),
    plain(alert.resource),
    t.since(write.moment(alert.openedAt)),
    plain(alert.sourceName),
  ];
}

function noisyBlock({ noisy, sourceName }: HandOverFacts, write: Writer, t: Words): string[] {
  const lines = noisy.map(({ episodes, title, resource, sourceId }) =>
    line([t.times(write.number(episodes)), plain(title), plain(resource), plain(sourceName(sourceId))]),
  );
  return [`## ${t.noisy}`, ...lines];
}

function gapBlock({ span, gaps, ledgerSince, now }: HandOverFacts, write: Writer, texts: Texts): string[] {
  const t = texts.onCall.handOver;
  const from = Math.max(span.from, ledgerSince);
  const heading = `## ${t.listening}`;
  if (from >= span.to) return [heading, t.notKnown];
  const within = gaps
    .map((gap) => ({ gap, from: Math.max(from, gap.startedAt), to: Math.min(span.to, gap.endedAt ?? now) }))
    .filter((one) => one.to > one.from)
    .toSorted((a, b) => a.from - b.from);
  const percent = write.percent(1 - missedMs(gaps, from, span.to) / (span.to - from));
  const covered =
    from > span.from
      ? t.coveredSince(percent, write.moment(from))
      : t.covered(percent, write.length(span.to - from));
  const gapLine = ({ gap, from: start, to }: (typeof within)[number]): string => {
    const cause = [gap.cause, ...gap.later.map((finding) => finding.cause)]
      .map((code) => texts.coverage.cause[code])
      .join(t.andThen);
    const length = write.length(to - start);
    return gap.endedAt === null
      ? `- ${t.gapLasts(write.moment(start), length, cause)}`
      : `- ${t.gap(write.moment(start), write.moment(to), length, cause)}`;
  };
  return [heading, covered, ...(within.length === 0 ? [] : ['', ...list(within, gapLine, write, t)])];
}

function list<Item>(
  items: readonly Item[],
  lineOf: (item: Item) => string,
  write: Writer,
  t: Words,
): readonly string[] {
  if (items.length === 0) return [t.none];
  const left = items.length - mostLines;
  return [...items.slice(0, mostLines).map(lineOf), ...(left > 0 ? [`- ${t.more(write.number(left))}`] : [])];
}

function line(parts: readonly string[]): string {
  return `- ${parts.filter((part) => part !== '').join(' · ')}`;
}

function bySnoozeEnd(a: Alert, b: Alert): number {
  return (a.snoozedUntil ?? 0) - (b.snoozedUntil ?? 0) || compareAlerts(a, b);
}

/**
 * A sender's text as Markdown that shows it letter by letter: one line, nothing in it bold, a link, HTML or a table. A link
 * that nobody wrote as one must not become one in a chat either.
 */
export function plain(text: string): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  const letters = Array.from(flat);
  const short = letters.length > longestText ? `${letters.slice(0, longestText).join('').trimEnd()}…` : flat;
  return short
    .replace(/[\\`*_[\]<>~|&$]/g, '\\$&')
    .replace(/:\/\//g, '\\://')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`);
}

type Writer = ReturnType<typeof writer>;

function writer({ language }: Texts) {
  const day = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const moment = new Intl.DateTimeFormat(language, { ...day, hourCycle: 'h23' });
  const zoned = new Intl.DateTimeFormat(language, { ...day, hourCycle: 'h23', timeZoneName: 'short' });
  const number = new Intl.NumberFormat(language);
  return {
    moment: (at: number) => moment.format(at),
    zoned: (at: number) => zoned.format(at),
    number: (n: number) => number.format(n),
    length: (ms: number) => gapLengthText(language, Math.max(0, ms)),
    // Cut off: 99.99 % is not all of it.
    percent: (share: number) => `${number.format(Math.floor(Math.min(1, Math.max(0, share)) * 1000) / 10)} %`,
  };
}
