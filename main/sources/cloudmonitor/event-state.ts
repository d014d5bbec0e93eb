// What a system event says about right and wrong. Events are no pair of states: each step is an event of its own, and only
// words tell which of them end something (reference 3).

/** `well`: a success or a normal state, which ends whatever was wrong. `ordinary`: a step on the way, neither good nor bad. */
export type EventMeaning = 'firing' | 'recovered' | 'well' | 'ordinary';

/** What the words of an event are. */
export interface EventWords {
  /** The event's name, e.g. `Instance:SystemMaintenance.Reboot:Scheduled`. */
  readonly name: string;
  readonly eventStatus: string | null;
  readonly executeFinishTime: string | null;
  /** `result`, `status` or `state` inside the content. */
  readonly outcome: string | null;
  readonly status: string | null;
}

export interface EventName {
  /** Equal for all steps of one thing. */
  readonly base: string;
  /** The step in the name, null when there is none. */
  readonly suffix: string | null;
}

/**
 * Events that end under another name, the opening one first (Alibaba's catalogue of system events, 2021; the link of a device
 * by analogy with its WAN link).
 */
const pairs: readonly (readonly [opening: string, closing: string])[] = [
  ['Agent_Status_Stopped', 'Agent_Status_Running'],
  ['DeviceOffline', 'DeviceOnline'],
  ['DeviceLinkDown', 'DeviceLinkUp'],
  ['DeviceWanLinkDown', 'DeviceWanLinkUp'],
  ['Instance_Failure_Start', 'Instance_Failure_End'],
  ['DataRestoreFail', 'DataRestoreSuccess'],
  ['AUTOSCALING:SCALE_IN_ERROR', 'AUTOSCALING:SCALE_IN_SUCCESS'],
  ['AUTOSCALING:SCALE_OUT_ERROR', 'AUTOSCALING:SCALE_OUT_SUCCESS'],
  ['ipsec_health_check_failed', 'ipsec_health_check_success'],
  ['ipsec_phase1_nego_failed', 'ipsec_phase1_nego_success'],
  ['ipsec_phase2_nego_failed', 'ipsec_phase2_nego_success'],
  ['ddoscoo_event_blackhole_add', 'ddoscoo_event_blackhole_end'],
  ['ddoscoo_event_defense_add', 'ddoscoo_event_defense_end'],
];
const opensPair = new Set(pairs.map(([opening]) => opening.toLowerCase()));
const openingOf = new Map(pairs.map(([opening, closing]) => [closing.toLowerCase(), opening]));

/** The catalogue gives them the status `Executed`, but that something failed over is news and not its end. */
const oneShot: ReadonlySet<string> = new Set(['instance_failover']);

const steps: ReadonlyMap<string, 'firing' | 'recovered'> = new Map([
  ...[
    'executed',
    'avoided',
    'canceled',
    'cancelled',
    'restore',
    'restored',
    'recovered',
    'resolved',
    'end',
  ].map((word) => [word, 'recovered'] as const),
  ...['failed', 'scheduled', 'inquiring', 'executing', 'ongoing', 'begin', 'start'].map(
    (word) => [word, 'firing'] as const,
  ),
]);

const outcomes: ReadonlyMap<string, EventMeaning> = new Map([
  ...['failed', 'fail', 'failure', 'error'].map((word) => [word, 'firing'] as const),
  ...['accomplished', 'success', 'succeeded', 'successful', 'completed', 'finished', 'done'].map(
    (word) => [word, 'well'] as const,
  ),
]);

/** States of an instance; the others of them (Stopping, Stopped, Deleted, Expired, Locked ...) are worth an alert. */
const instanceStates: ReadonlyMap<string, EventMeaning> = new Map([
  ['running', 'well'],
  ['created', 'ordinary'],
  ['pending', 'ordinary'],
  ['starting', 'ordinary'],
]);

/** Takes the step off a name; an event with a partner is called after the one that opens. */
export function readEventName(name: string): EventName {
  const opening = openingOf.get(name.toLowerCase());
  if (opening !== undefined) return { base: opening, suffix: null };
  const colon = name.lastIndexOf(':');
  const last = name.slice(colon + 1).trim();
  return colon > 0 && steps.has(last.toLowerCase())
    ? { base: name.slice(0, colon).trim(), suffix: last }
    : { base: name, suffix: null };
}

/**
 * In the order of trust: what the content says of its own step, then the name, then the outcome in the content, then the
 * status beside it. An event that says nothing of all that is news, and fires.
 */
export function meaningOf(words: EventWords): EventMeaning {
  const step = stepOf(words.eventStatus);
  if (step === 'recovered' || words.eventStatus?.toLowerCase() === 'failed') return step ?? 'firing';
  // Some senders leave the opening word and only add when it ended.
  if (words.executeFinishTime !== null) return 'recovered';
  if (step !== null) return step;
  const name = words.name.toLowerCase();
  if (opensPair.has(name)) return 'firing';
  if (openingOf.has(name)) return 'recovered';
  const bySuffix = stepOf(readEventName(words.name).suffix);
  if (bySuffix !== null) return bySuffix;
  return (
    byOutcome(name, words.outcome) ?? (oneShot.has(name) ? 'firing' : (stepOf(words.status) ?? 'firing'))
  );
}

function byOutcome(name: string, outcome: string | null): EventMeaning | null {
  const word = outcome?.toLowerCase() ?? '';
  const said = outcomes.get(word) ?? (name.endsWith(':statechange') ? instanceStates.get(word) : undefined);
  return said ?? (name.endsWith('completed') ? 'well' : null);
}

function stepOf(word: string | null): 'firing' | 'recovered' | null {
  return word === null ? null : (steps.get(word.toLowerCase()) ?? null);
}
