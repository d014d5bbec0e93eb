// Where in a body the alarms are. Nobody has published what ClusterControl's webhook sends (reference 0), so every shape that
// its other doors use is taken: the event envelope, an alarm inside of anything, the bare alarm, lists of them.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import { isJsonObject } from '../json-value.ts';
import { Members } from './members.ts';

/** An alarm and the objects it lies in, outermost first. */
export interface FoundAlarm {
  readonly alarm: Members;
  readonly around: readonly Members[];
}

/** What one body holds. */
export interface Findings {
  readonly alarms: readonly FoundAlarm[];
  /** The first message that holds no alarm but is taken for a test. */
  readonly test: Members | null;
  /** Why parts of it open and resolve nothing although they were understood. */
  readonly silent: readonly ReasonName[];
  /** Why parts of it were not understood. */
  readonly notUnderstood: readonly ReasonName[];
}

interface Collected {
  readonly alarms: FoundAlarm[];
  test: Members | null;
  readonly silent: Set<ReasonName>;
  readonly notUnderstood: Set<ReasonName>;
}

/** More than a list of alarms within 1 MiB holds. */
const mostAlarms = 5000;
const deepest = 5;
/** Members that hold alarms in every shape that is known; what a relay wraps around them is looked into after these. */
const usualPlaces: readonly string[] = ['eventspecifics', 'alarm', 'alarms'];

/** Finds every alarm of a parsed body. Total. */
export function findAlarms(body: unknown): Findings {
  const found: Collected = { alarms: [], test: null, silent: new Set(), notUnderstood: new Set() };
  const messages: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (messages.length === 0) found.silent.add('no-events');
  for (const message of messages) {
    if (isJsonObject(message)) readMessage(new Members(message), found);
    else found.notUnderstood.add('json-not-an-object');
  }
  return { ...found, silent: [...found.silent], notUnderstood: [...found.notUnderstood] };
}

function readMessage(message: Members, found: Collected): void {
  if (search(message, [], false, found)) return;
  if (isListReply(message)) found.silent.add('no-events');
  else if (isAlarmEvent(message)) found.notUnderstood.add('no-alarm');
  else if (isTestMessage(message)) found.test ??= message;
  else found.notUnderstood.add('no-alarm');
}

/** True when something was found. `named`: the name it stands under says that it is an alarm. */
function search(members: Members, around: readonly Members[], named: boolean, found: Collected): boolean {
  const eventClass = members.text('eventclass');
  // Before anything else: `Ended` of a maintenance is no recovery (reference 3).
  if (eventClass !== null && !isAlarmEvent(members)) {
    found.silent.add(silence(eventClass));
    return true;
  }
  const inside = [...around, members];
  if (inside.length <= deepest) {
    const isFound = usualPlaces.map((name) =>
      searchAll(members.objects(name), inside, name !== 'eventspecifics', found),
    );
    if (isFound.includes(true)) return true;
  }
  if (named || looksLikeAlarm(members)) {
    if (found.alarms.length < mostAlarms) found.alarms.push({ alarm: members, around });
    else found.silent.add('alerts-left-out');
    return true;
  }
  if (inside.length > deepest) return false;
  return members.names
    .filter((name) => !usualPlaces.includes(name))
    .map((name) => searchAll(members.objects(name), inside, false, found))
    .includes(true);
}

function searchAll(
  objects: readonly Readonly<Record<string, unknown>>[],
  around: readonly Members[],
  named: boolean,
  found: Collected,
): boolean {
  return objects.map((object) => search(new Members(object), around, named, found)).includes(true);
}

function isAlarmEvent(members: Members): boolean {
  return /^(?:event_?)?alarm$/i.test(members.text('eventclass') ?? '');
}

/** A flat alarm: it has an id, says what it is, or says what is wrong and how badly or where. */
function looksLikeAlarm(members: Members): boolean {
  if (alarmId(members) !== null || /^cmonalarm$/i.test(members.text('classname') ?? '')) return true;
  const isNamed = alarmType(members) !== null || members.text('title') !== null;
  return isNamed && members.text('severityname', 'severity', 'hostname') !== null;
}

/** The running alarm's id; ids count from 1, so 0 is none. */
export function alarmId(members: Members): string | null {
  const id = members.text('alarmid');
  return id === '0' ? null : id;
}

/** The kind of alarm; the plugins of 2014 say `alarm` there, which is none. */
export function alarmType(members: Members): string | null {
  const type = members.text('typename', 'type');
  return type === null || /^alarm$/i.test(type) ? null : type;
}

function silence(eventClass: string): ReasonName {
  if (/maintenance/i.test(eventClass)) return 'maintenance-event';
  return /^no_?event$/i.test(eventClass) ? 'keep-alive' : 'event-without-alarm';
}

/** A list of alarms that is empty right now. */
function isListReply(members: Members): boolean {
  return members.has('alarms') && members.objects('alarms').length === 0;
}

/** What a few words of a "Test" button could be made of; an unknown body of another kind has other members as well. */
const plainNames: ReadonlySet<string> = new Set(
  [
    'title subject summary message text description content body recommendation',
    'status event eventname action state severity severityname',
    'name integration integrationname service servicename type classname',
    'clusterid clustername controllerid hostname alarmid',
    'timestamp time created reported date version user username sentby',
  ].flatMap((names) => names.split(' ')),
);

/**
 * The button sends nobody knows what (reference 6), without an alarm's id if it sends no alarm: an empty object, a few plain
 * words, or something that calls itself a test.
 */
function isTestMessage(members: Members): boolean {
  return (
    Object.entries(members.raw).some(
      ([name, value]) => isTestWord.test(name) || (typeof value === 'string' && saysTest(value)),
    ) || members.names.every((name) => plainNames.has(name))
  );
}

const isTestWord = /^(?:is_?)?test$/i;

/** Whether a text has the word in it, also as `TestAlarm`; `test-db-1` is a host. */
export function saysTest(text: string): boolean {
  return /(?<![\w-])test(?:ing)?(?![\w-])|^test_?(?:alarm|alert|event)$|测试/i.test(text.slice(0, 500));
}
