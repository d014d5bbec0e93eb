// What goes to an alert's labels: everything an engineer may want to search or copy, within limits.
import { cleanLine } from '../plain-text.ts';
import type { ThresholdFieldName, ThresholdFields } from './callback-body.ts';
import { type Dimensions, readMapText } from './dimensions.ts';
import { fieldText, isJsonObject, parseJson } from '../json-value.ts';

const mostLabels = 40;
const longestName = 64;
const longestValue = 512;
const longestCustomLabels = 32_768;

/** Fields kept as they came, exact value included, in the order of their use. `signature` proves nothing and is left out. */
const keptFields: readonly ThresholdFieldName[] = [
  'alertName',
  'ruleName',
  'ruleId',
  'metricName',
  'rawMetricName',
  'metricProject',
  'namespace',
  'expression',
  'curValue',
  'unit',
  'triggerLevel',
  'preTriggerLevel',
  'lastTime',
  'transId',
  'instanceName',
  'regionId',
  'regionName',
  'productGroupName',
  'groupId',
  'userId',
];

/** Names that mean something to JavaScript objects; a label is not worth the risk. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Labels of one callback: fields, then dimensions, then the rule's own (`customLabels`); at most 40, names up to 64 and
 * values up to 512 characters. A name that is taken already gets `dimension.` or `label.` before it.
 */
export function thresholdLabels(
  fields: ThresholdFields,
  dimensions: Dimensions,
): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  let room = mostLabels;
  for (const name of keptFields) {
    const value = fields[name];
    if (value === null) continue;
    labels[name] = cleanLine(value, longestValue);
    room -= 1;
  }
  for (const [name, value] of dimensions.pairs) {
    if (room === 0) return labels;
    if (addLabel(labels, name, 'dimension.', value)) room -= 1;
  }
  if (fields.customLabels === null) return labels;
  for (const [name, value] of readCustomLabels(fields.customLabels.slice(0, longestCustomLabels))) {
    if (room === 0) return labels;
    if (addLabel(labels, name, 'label.', value)) room -= 1;
  }
  return labels;
}

function addLabel(labels: Record<string, string>, name: string, prefix: string, text: string): boolean {
  const value = cleanLine(text, longestValue);
  const plain = cleanLine(name, longestName);
  if (plain === '' || value === '' || value === 'null' || forbiddenNames.has(plain)) return false;
  const free = Object.hasOwn(labels, plain) ? cleanLine(prefix + plain, longestName) : plain;
  if (Object.hasOwn(labels, free)) return false;
  labels[free] = value;
  return true;
}

/** `{k=v, k2=v2}`, or JSON from relays. */
function readCustomLabels(text: string): readonly (readonly [string, string])[] {
  const json = text.startsWith('{"') ? parseJson(text) : undefined;
  if (!isJsonObject(json)) return readMapText(text);
  return Object.entries(json).map(([name, value]) => [name, fieldText(value) ?? ''] as const);
}
