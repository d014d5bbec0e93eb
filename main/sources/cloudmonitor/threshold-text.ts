// Title and text of a threshold alert, for someone who was asleep a minute ago. English only: it is composed from the
// sender's words, and those are never translated.
import { assertNever } from '../../../shared/assert-never.ts';
import { cleanLine } from '../plain-text.ts';
import type { Dimensions } from './dimensions.ts';
import { formatDuration } from '../sender-time.ts';

/** What is known, already in words where words exist. */
export interface ThresholdFacts {
  readonly state: 'firing' | 'recovered' | 'no-data';
  readonly alertName: string | null;
  readonly ruleId: string | null;
  /** Null for rules that combine several metrics; their condition names them. */
  readonly metric: string | null;
  readonly value: string | null;
  readonly condition: string | null;
  readonly instanceName: string | null;
  readonly resource: string;
  readonly dimensions: Dimensions;
  readonly region: string | null;
  /** How long the breach (or the silence) has lasted when the sender spoke. */
  readonly lastingMs: number | null;
}

const longestTitle = 160;
const longestText = 600;

/** `ECS memory low · web-304`: what, then where; one rule covers many resources, so the resource is always there. */
export function thresholdTitle(facts: ThresholdFacts): string {
  const names = [facts.alertName, facts.metric, facts.ruleId].map((name) =>
    cleanLine(name ?? '', longestTitle),
  );
  const what = names.find((name) => name !== '') ?? 'CloudMonitor alert';
  const name = shortName(facts.resource);
  let title = what;
  // Old rules are named after their instance, and balancers' names hold the port already.
  if (name !== '' && !title.includes(name)) title += ` · ${name}`;
  for (const [part, value] of partNames(facts).slice(0, 2)) {
    if (!title.includes(value)) title += ` · ${/^\d+$/.test(value) ? `${part} ${value}` : value}`;
  }
  return cleanLine(title, longestTitle);
}

/** `memory_freespace 903 MiB, alerts at <= 1 GiB (Average) · us-east-1 · breaching for 3 h 36 min`. */
export function thresholdText(facts: ThresholdFacts): string {
  const parts = [measured(facts)];
  const where = partNames(facts).map(([name, value]) => `${name} ${value}`);
  if (where.length > 0) parts.push(where.slice(0, 4).join(', '));
  if (facts.region !== null) parts.push(facts.region);
  if (facts.lastingMs !== null) parts.push(lasting(facts.state, facts.lastingMs));
  return cleanLine(parts.filter((part) => part !== '').join(' · '), longestText);
}

function measured(facts: ThresholdFacts): string {
  const { condition, value } = facts;
  const metric = facts.metric ?? '';
  switch (facts.state) {
    case 'firing':
      return sentence([metric, value], condition === null ? null : `alerts at ${condition}`);
    case 'recovered':
      return sentence(
        [metric, value],
        condition === null ? 'recovered' : `recovered, alerted at ${condition}`,
      );
    case 'no-data':
      return sentence(
        ['no data for', metric === '' ? 'this rule' : metric],
        condition === null ? null : `alerts at ${condition}`,
      );
    default:
      return assertNever(facts.state);
  }
}

function sentence(subject: readonly (string | null)[], rest: string | null): string {
  const head = subject.filter((word) => word !== null && word !== '').join(' ');
  if (rest === null) return head;
  return head === '' ? rest : `${head}, ${rest}`;
}

function lasting(state: ThresholdFacts['state'], ms: number): string {
  const duration = formatDuration(ms);
  switch (state) {
    case 'firing':
      return `breaching for ${duration}`;
    case 'recovered':
      return `lasted ${duration}`;
    case 'no-data':
      return `silent for ${duration}`;
    default:
      return assertNever(state);
  }
}

/** `host/publicIP` without the address. Names with a URL in them (site monitoring) hold more slashes and stay whole. */
function shortName(resource: string): string {
  const slash = resource.indexOf('/');
  return slash > 0 && slash === resource.lastIndexOf('/') ? resource.slice(0, slash) : resource;
}

/** Names of the instance as a whole; the rest (port, disk, shard) says which part of it. */
const wholeNames: ReadonlySet<string> = new Set(['instanceId', 'regionId', 'region', 'groupId']);

function partNames(facts: ThresholdFacts): readonly (readonly [string, string])[] {
  // Without a name or an id the resource already is the list of dimensions.
  const { pairs } = facts.dimensions;
  if (facts.instanceName === null && !pairs.some(([name]) => name === 'instanceId')) return [];
  // A site task's id says nothing beside the task's name.
  return pairs.filter(([name]) => !wholeNames.has(name) && name !== 'taskId');
}
