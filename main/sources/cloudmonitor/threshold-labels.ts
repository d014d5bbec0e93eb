// What goes to an alert's labels: everything an engineer may want to search or copy, within limits.
import { fieldText, isJsonObject, parseJson } from '../json-value.ts';
import { Labels } from '../labels.ts';
import type { ThresholdFieldName, ThresholdFields } from './callback-body.ts';
import { type Dimensions, readMapText } from './dimensions.ts';

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

/**
 * Labels of one callback: fields, then dimensions, then the rule's own (`customLabels`). A name that is taken already gets
 * `dimension.` or `label.` before it.
 */
export function thresholdLabels(
  fields: ThresholdFields,
  dimensions: Dimensions,
): Readonly<Record<string, string>> {
  const labels = new Labels();
  for (const name of keptFields) {
    const value = fields[name];
    if (value !== null) labels.addField(name, value);
  }
  for (const [name, value] of dimensions.pairs) labels.add(name, value, 'dimension.');
  if (fields.customLabels === null) return labels.all();
  for (const [name, value] of readCustomLabels(fields.customLabels.slice(0, longestCustomLabels)))
    labels.add(name, value, 'label.');
  return labels.all();
}

/** `{k=v, k2=v2}`, or JSON from relays. */
function readCustomLabels(text: string): readonly (readonly [string, string])[] {
  const json = text.startsWith('{"') ? parseJson(text) : undefined;
  if (!isJsonObject(json)) return readMapText(text);
  return Object.entries(json).map(([name, value]) => [name, fieldText(value) ?? ''] as const);
}
