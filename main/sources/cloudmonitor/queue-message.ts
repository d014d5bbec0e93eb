// Format G of the reference: what CloudMonitor writes to a message queue and a relay may post on (reference 9). Both shapes
// are threshold alerts in other words, so they become the fields of the callback and share its key.
import { fieldText } from '../json-value.ts';
import { noThresholdFields, type ThresholdFields } from './callback-body.ts';
import { readMapText } from './dimensions.ts';
import type { Fields } from './json-fields.ts';

/** The fields of a callback that says the same; null when the message is none of the two. */
export function queueMessageFields(fields: Fields): ThresholdFields | null {
  const message = fields.find('message');
  if (
    message !== null &&
    (message.has('leveldescription') || (message.has('alertname') && fields.has('type')))
  )
    return legacyFields(message);
  return fields.text('curlevel') === null || fields.text('ruleid', 'rulename') === null
    ? null
    : currentFields(fields);
}

function currentFields(fields: Fields): ThresholdFields {
  const level = fields.text('curlevel');
  const escalation = fields.inner('escalation');
  const data = fields.inner('metricdata');
  const statistic = escalation.text('statistics');
  const lastMs = Number(fields.text('lasttime') ?? Number.NaN);
  const recovered = level?.toUpperCase() === 'OK';
  return {
    ...noThresholdFields,
    alertName: fields.text('rulename'),
    alertState: recovered ? 'OK' : 'ALERT',
    curValue:
      data.text('aliyuncmscomplexvalue') ?? (statistic === null ? null : data.text(statistic.toLowerCase())),
    dimensionsOriginal: fieldText(fields.value('resources')),
    expression: expressionOf(escalation),
    groupId: fields.text('groupid'),
    lastTime: Number.isFinite(lastMs) && lastMs > 0 ? `${Math.floor(lastMs / 60_000)} minutes` : null,
    // `memory_actualusedspace#60`: the period follows.
    rawMetricName: fields.text('metricname')?.replace(/#\d+$/, '') ?? null,
    namespace: fields.text('namespace'),
    preTriggerLevel: fields.text('prelevel'),
    productGroupName: fields.text('productgroupname'),
    ruleId: fields.text('ruleid'),
    timestamp: fields.text('time'),
    triggerLevel: level,
    userId: fields.text('userid'),
  };
}

const operators: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanOrEqualToThreshold: '<=',
  LessThanThreshold: '<',
  NotEqualToThreshold: '!=',
};

/** As the callback writes it; comparisons with another day keep their word, because no sign says them. */
function expressionOf(escalation: Fields): string | null {
  const operator = escalation.text('comparisonoperator');
  const threshold = escalation.text('threshold');
  if (operator === null || threshold === null) return null;
  return Object.hasOwn(operators, operator)
    ? `$${escalation.text('statistics') ?? ''}${operators[operator] ?? ''}${threshold}`
    : `${operator} ${threshold}`;
}

/** The older message. Its state is a word in Chinese; a notice of a fault (`type` 1) carries none and fires. */
function legacyFields(message: Fields): ThresholdFields {
  const pairs = readMapText(message.text('dimensions') ?? '');
  const said = message.text('leveldescription');
  return {
    ...noThresholdFields,
    alertName: message.text('alertname'),
    alertState: said === null || said === '发生告警' ? 'ALERT' : said === '恢复告警' ? 'OK' : said,
    curValue: message.text('curvalue'),
    dimensionsOriginal: JSON.stringify(Object.fromEntries(pairs)),
    expression: message.text('expression'),
    instanceName: pairs.find(([name]) => name === '云服务器名称' || name === 'instanceName')?.[1] ?? null,
    metricName: message.text('metricname'),
    metricProject: message.text('metricproject'),
    timestamp: message.text('time'),
    unit: message.text('unit'),
    userId: message.text('userid'),
  };
}
