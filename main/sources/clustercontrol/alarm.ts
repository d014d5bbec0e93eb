// What one alarm says: which problem, firing or over, how bad, when.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { AlertEvent } from '../../alerts/alert-event.ts';
import { cleanLine } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import { readSenderTime } from '../sender-time.ts';
import { readStateWord, type StateMeaning } from '../state-word.ts';
import { describeAlarm, describeTest } from './alarm-text.ts';
import { alarmId, alarmType, type FoundAlarm, saysTest } from './find-alarms.ts';
import type { Members } from './members.ts';

/** The events of one alarm: one, or two when somebody has silenced it in ClusterControl. */
export type AlarmReading =
  | { readonly events: readonly AlertEvent[]; readonly remarks: readonly ReasonName[] }
  | { readonly notUnderstood: ReasonName };

const keyPrefix = 'clustercontrol:1';

/** Reads one alarm. Total. */
export function readAlarm(found: FoundAlarm): AlarmReading {
  const identity = identityOf(found);
  if (identity === null) return { notUnderstood: 'no-alarm-id-or-type' };
  const names = [found.alarm.text('title', 'name'), alarmType(found.alarm)];
  if (identity.by !== 'id' && names.some((name) => name !== null && saysTest(name))) {
    return { events: [testEvent(found.alarm)], remarks: [] };
  }
  const state = stateOf(found);
  const time = timeOf(found, state.meaning);
  const remarks: ReasonName[] = [];
  if (state.isUnknownWord) remarks.push('unknown-lifecycle-word');
  if (time.isUnreadable) remarks.push('unreadable-time');
  if (identity.by !== 'id') remarks.push('no-alarm-id');
  const base = {
    key: keyOf(keyPrefix, [identity.cluster, identity.what]),
    // Whether an id or `created` lasts through an episode is not known (reference 2, 11), so nothing names it.
    episodeName: null,
    sentAt: time.at,
    description: describeAlarm(found, state.meaning === 'recovered' ? null : levelOf(found)),
  };
  if (state.meaning === 'recovered') return { events: [{ kind: 'recovered', ...base }], remarks };
  const events: AlertEvent[] = [{ kind: 'firing', noData: false, ...base }];
  if (state.meaning === 'acknowledged' || isIgnoredThere(found.alarm)) {
    events.push({ kind: 'acknowledged', ...base });
  }
  return { events, remarks };
}

/** A message of the Test button: it has nothing to be told apart by, and needs nothing. */
export function testEvent(message: Members): AlertEvent {
  return {
    kind: 'test',
    key: keyOf(keyPrefix, ['', 'test']),
    episodeName: null,
    sentAt: null,
    description: describeTest(message),
  };
}

interface Identity {
  readonly by: 'id' | 'type' | 'title';
  /** Parts of the key. */
  readonly cluster: string;
  readonly what: string;
}

/** Severity, counter, texts and times never stand in it: they change while the problem is the same (reference 8.3). */
function identityOf({ alarm, around }: FoundAlarm): Identity | null {
  const everything = [alarm, ...around.toReversed()];
  const clusterId = firstText(everything, 'clusterid', 'cid');
  const client = alarm.text('client');
  const cluster =
    clusterId === null && client !== null ? `client=${keyPart(client)}` : keyPart(plainNumber(clusterId));
  const isCalledAlarm = around.length > 0;
  const id =
    everything.map(alarmId).find((found) => found !== null) ?? (isCalledAlarm ? alarm.text('id') : null);
  if (id !== null) return { by: 'id', cluster, what: keyPart(plainNumber(id)) };
  const host = keyPart(plainNumber(hostOf(alarm, around)));
  const type = alarmType(alarm);
  if (type !== null) return { by: 'type', cluster, what: `type=${keyPart(plainNumber(type))},host=${host}` };
  const title = alarm.text('title', 'alarmname', 'name');
  return title === null ? null : { by: 'title', cluster, what: `title=${keyPart(title)},host=${host}` };
}

function hostOf(alarm: Members, around: readonly Members[]): string | null {
  return alarm.text('hostname', 'hostid') ?? firstText(around.toReversed(), 'hostname', 'hostid');
}

/** `3`, `"3"`, `" 03 "` and `3.0` are the same id. */
function plainNumber(text: string | null): string | null {
  return text !== null && /^-?\d{1,15}(?:\.0+)?$/.test(text) ? String(Number(text)) : text;
}

/**
 * The lifecycle word alone says whether it is over; an alarm without one is listed because it is active (reference 8.2). Its
 * documented words count before those of other senders, wherever they stand.
 */
function stateOf({ alarm, around }: FoundAlarm): { meaning: StateMeaning; isUnknownWord: boolean } {
  // A reply that lists alarms says how the request went.
  const speaking = [...around, alarm].filter((members) => !members.has('alarms'));
  const words = speaking.flatMap(stateWords);
  const meaning =
    firstMeaning(words, lifecycleMeaning) ??
    // Not of what is around it: `status: ok` of a relay or a reply is no recovery.
    firstMeaning(stateWords(alarm), readStateWord);
  if (meaning !== null) return { meaning, isUnknownWord: false };
  return { meaning: 'firing', isUnknownWord: words.length > 0 };
}

function stateWords(members: Members): readonly string[] {
  return ['eventname', 'status', 'event', 'action', 'state'].flatMap((name) => members.text(name) ?? []);
}

function firstMeaning(
  words: readonly string[],
  meaningOf: (word: string) => StateMeaning | null,
): StateMeaning | null {
  return words.map(meaningOf).find((meaning) => meaning !== null) ?? null;
}

/** By their beginning and in any case (reference 2, 8.2): `Created`, `CREATEDAT`, `AlarmEnded`. */
function lifecycleMeaning(word: string): StateMeaning | null {
  const stem = word.toLowerCase().replace(/^(?:event|alarm)?[\s_.-]*/, '');
  if (/^(?:creat|start|new|rais|chang|updat)/.test(stem)) return 'firing';
  return /^(?:end|resolv|clear|remov|clos|delet)/.test(stem) ? 'recovered' : null;
}

/** `ignored` counts up to `counter` when somebody silences the alarm there (reference 4). */
function isIgnoredThere(alarm: Members): boolean {
  const ignored = alarm.text('ignored');
  const counter = Number(alarm.text('counter') ?? 0);
  return ignored === 'true' || (counter > 0 && Number(ignored ?? 0) >= counter);
}

const severities: ReadonlyMap<string, string> = new Map([
  ['1', 'WARNING'],
  ['2', 'CRITICAL'],
]);

/** By name without its prefix, else by number; never by type, which comes in both (reference 5). Null: it gave none. */
function levelOf({ alarm }: FoundAlarm): string | null {
  const said = plainNumber(alarm.text('severityname', 'severity'));
  if (said === null) return null;
  const word = severities.get(said) ?? said.replace(/^alarm_/i, '');
  return cleanLine(word, 64).toUpperCase() || null;
}

/**
 * The event's own time, else when the alarm was last reported. Its creation tells when a firing one began, but says nothing
 * about a recovery: taken for its time it would make the recovery look older than the repeats before it.
 */
function timeOf(
  { alarm, around }: FoundAlarm,
  meaning: StateMeaning,
): { readonly at: number | null; readonly isUnreadable: boolean } {
  const event = eventTime([...around, alarm]);
  if (event !== null) return { at: event, isUnreadable: false };
  const names = meaning === 'recovered' ? ['ended', 'reported'] : ['reported', 'created'];
  const said = names.map((name) => alarm.text(name)).filter((text) => text !== null);
  for (const text of said) {
    const at = readTime(text);
    if (at !== null) return { at, isUnreadable: false };
  }
  return { at: null, isUnreadable: said.some((text) => !text.startsWith('0001-')) };
}

function eventTime(speaking: readonly Members[]): number | null {
  for (const members of speaking) {
    const origins = members.inner('eventorigins');
    const seconds = origins?.text('tvsec') ?? null;
    if (origins === null || seconds === null) continue;
    const { at } = readSenderTime(seconds);
    const ms = Math.floor(Number(origins.text('tvnsec') ?? 0) / 1e6);
    if (at !== null) return ms > 0 && ms < 1000 ? at + ms : at;
  }
  const said = firstText(speaking, 'timestamp', 'eventtime');
  return said === null ? null : readTime(said);
}

/** Every time of the controller is UTC, also where it does not say so (reference 4). */
function readTime(text: string): number | null {
  const time = readSenderTime(text);
  return time.assumedZone ? readSenderTime(`${text}Z`).at : time.at;
}

function firstText(from: readonly Members[], ...names: readonly string[]): string | null {
  for (const members of from) {
    const text = members.text(...names);
    if (text !== null) return text;
  }
  return null;
}
