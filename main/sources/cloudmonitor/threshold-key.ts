// What makes two threshold callbacks the same problem.
import { keyOf, keyPart } from '../problem-key.ts';
import type { Dimension } from './dimensions.ts';

export interface ProblemName {
  readonly userId: string | null;
  /** One rule covers many resources, so it is never the whole key. */
  readonly ruleId: string | null;
  /** Stand in for a missing rule id (2017 and 2018 bodies). */
  readonly alertName: string | null;
  readonly project: string | null;
  readonly metric: string | null;
  /** Sorted, without the account. */
  readonly dimensions: readonly Dimension[];
}

/** `cloudmonitor:1:<userId>:<ruleId>:<k=v,k=v>`, or `<alertName>|<project>|<metric>` in place of the rule id. */
export function thresholdKey(problem: ProblemName): string {
  const rule =
    problem.ruleId === null
      ? `${keyPart(problem.alertName)}|${keyPart(problem.project)}|${keyPart(problem.metric)}`
      : keyPart(problem.ruleId);
  return keyOf('cloudmonitor:1', [keyPart(problem.userId), rule, pairsKey(problem.dimensions)]);
}

/** `k=v,k=v` as one part of a key; the pairs must be sorted. */
export function pairsKey(pairs: readonly Dimension[]): string {
  let key = '';
  for (const [name, value] of pairs) {
    key += `${key === '' ? '' : ','}${keyPart(name)}=${keyPart(value)}`;
  }
  return key;
}
