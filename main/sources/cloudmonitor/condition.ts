// Rule expressions (`$Average>=95`) as a person reads them: `>= 95 (Average)`.
import { formatNumber } from './measurement.ts';
import { isJsonObject, parseJson } from '../json-value.ts';

/** One comparison of an expression. */
interface Comparison {
  /** Only combined rules name it: `$cpu_total.Average >= 90`. */
  readonly metric: string | null;
  readonly statistic: string | null;
  readonly operator: string;
  readonly threshold: string;
}

const longest = 1000;

/**
 * The condition in words; `unit` is the metric's unit, used for sizes only (a threshold of 1073741824 B reads 1 GiB).
 * An expression that cannot be read is given back as it is; null only when there is none.
 */
export function describeCondition(expression: string | null, unit: string | null): string | null {
  if (expression === null) return null;
  const bounded = expression.slice(0, longest);
  return (
    (bounded.startsWith('[') ? describeRuleList(bounded, unit) : null) ?? describeExpression(bounded, unit)
  );
}

/** 2017: `[{"expression":"$Average>90","level":4,"times":2}]`, one entry per level. */
function describeRuleList(text: string, unit: string | null): string | null {
  const list = parseJson(text);
  if (!Array.isArray(list)) return null;
  const conditions: string[] = [];
  for (const item of list) {
    if (!isJsonObject(item) || typeof item['expression'] !== 'string') return null;
    conditions.push(describeExpression(item['expression'], unit));
  }
  return conditions.length === 0 ? null : conditions.join(' or ');
}

function describeExpression(expression: string, unit: string | null): string {
  const trimmed = expression.trim();
  if (!/&&|\|\|/.test(trimmed)) {
    const comparison = readComparison(trimmed);
    return comparison === null ? trimmed : describeComparison(comparison, unit);
  }
  const words = trimmed.split(/(&&|\|\|)/);
  const described: string[] = [];
  for (const word of words) {
    if (word === '&&') described.push('and');
    else if (word === '||') described.push('or');
    else {
      const comparison = readComparison(word);
      // Half a translation misleads: all of it or none of it.
      if (comparison === null) return trimmed;
      described.push(describeComparison(comparison, unit));
    }
  }
  return described.join(' ');
}

function readComparison(text: string): Comparison | null {
  const at = text.search(/[<>=!]/);
  if (at === -1) return null;
  const operator = /^(?:[<>!=]=|[<>=])/.exec(text.slice(at, at + 2))?.[0];
  if (operator === undefined) return null;
  const threshold = text.slice(at + operator.length).trim();
  if (!/^[-+]?\d{1,30}(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?%?$/.test(threshold)) return null;
  const subject = text.slice(0, at).trim();
  // `$Average`, `$cpu_total.Average`, and `@cpu_total[60].$Average` of the API's composite expressions.
  const name = /^(?:@([\w/-]{1,100})(?:\[\d{1,6}\])?\.)?\$?([\w./-]{0,200})$/.exec(subject);
  if (name === null) return null;
  const path = name[2] ?? '';
  const dot = path.lastIndexOf('.');
  return {
    metric: name[1] ?? (dot > 0 ? path.slice(0, dot) : null),
    statistic: path.slice(dot + 1) || null,
    operator,
    threshold,
  };
}

function describeComparison(
  { metric, statistic, operator, threshold }: Comparison,
  unit: string | null,
): string {
  // A combined rule has several units and names one at most, so sizes are written out only for a single metric.
  const number = metric === null ? formatNumber(threshold, unit) : threshold;
  const condition = `${operator} ${number}${statistic === null ? '' : ` (${statistic})`}`;
  return metric === null ? condition : `${metric} ${condition}`;
}
