// Title, text and labels of an alarm, for someone who was asleep a minute ago. In the sender's own words.
import type { AlertLink } from '../../../shared/alert.ts';
import type { ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { Labels } from '../labels.ts';
import { cleanLine, cleanText, safeLink } from '../plain-text.ts';
import { alarmType, type FoundAlarm } from './find-alarms.ts';
import { withoutMarkup } from './markup.ts';
import { Members, scalarText } from './members.ts';

const longestTitle = 160;
/** Recommendations hold whole process lists (reference 4); the raw delivery has the rest. */
const longestText = 4000;
/** Whatever lies far beyond what is shown is not worth looking at. */
const longestLookedAt = 20_000;
const longestLineLookedAt = 4000;

/** `level`: as it is to be shown, null for a recovery or when there is none. */
export function describeAlarm({ alarm, around }: FoundAlarm, level: string | null): ProblemDescription {
  const resource = resourceOf(alarm, around);
  const what =
    line(alarm.text('title', 'alarmname', 'name'), longestTitle) ||
    line(alarmType(alarm), longestTitle) ||
    line(alarm.text('message'), longestTitle) ||
    'ClusterControl alarm';
  return {
    level,
    title: alertTitle(what, resource),
    text: textOf(alarm),
    resource,
    value: measured(alarm),
    condition: null,
    labels: labelsOf(alarm, around),
    links: linksOf(alarm),
  };
}

/** What a message of the Test button says of itself. */
export function describeTest(message: Members): ProblemDescription {
  return {
    level: null,
    title: line(message.text('title', 'subject', 'summary', 'name'), longestTitle) || 'ClusterControl test',
    text: textOf(message),
    resource: line(message.text('hostname', 'clustername', 'controllerid'), 256),
    value: null,
    condition: null,
    labels: labelsOf(message, []),
    links: [],
  };
}

/** The host; for alarms of a whole cluster its name or number, which is all there is (reference 4). */
function resourceOf(alarm: Members, around: readonly Members[]): string {
  const everything = [alarm, ...around.toReversed()];
  const first = (...names: readonly string[]): string | null =>
    everything.map((members) => members.text(...names)).find((text) => text !== null) ?? null;
  const host = line(alarm.text('hostname') ?? first('hostname', 'client'), 256);
  if (host !== '') return host;
  const name = line(first('clustername'), 256);
  if (name !== '') return name;
  const cluster = first('clusterid', 'cid');
  // Alarms of the controller itself have no cluster, or one that is 0 or negative (reference 4).
  return cluster === null || /^(?:0|-.*)$/.test(cluster) ? '' : line(`cluster ${cluster}`, 256);
}

/** The message, then what to do. */
function textOf(alarm: Members): string {
  const message = alarm.text('message', 'alarmdescription', 'description', 'text', 'content');
  const parts = [message, alarm.text('recommendation')].flatMap((text) =>
    text === null ? [] : [cleanText(withoutMarkup(text.slice(0, longestLookedAt)), longestText)],
  );
  return cleanText(parts.filter((part) => part !== '').join('\n'), longestText);
}

/** Zero means that nothing was measured (reference 4). */
function measured(alarm: Members): string | null {
  const text = alarm.text('measured');
  const number = Number(text ?? 0);
  return text !== null && text.length < 40 && Number.isFinite(number) && number !== 0
    ? String(Number(number.toPrecision(6)))
    : null;
}

/** What says nothing beside the title and text that are shown anyway. */
const unlabelled = /^(?:class_?name|message|recommendation|alarm_?description)$/i;

function labelsOf(alarm: Members, around: readonly Members[]): Readonly<Record<string, string>> {
  const labels = new Labels();
  for (const members of [alarm, ...around.toReversed()]) {
    for (const [name, text] of members.texts()) {
      // The envelope names the cluster once more.
      const isSaid = members !== alarm && scalarText(members.raw[name]) === scalarText(alarm.raw[name]);
      if (!unlabelled.test(name) && !isSaid) labels.add(name, text, 'event.');
    }
  }
  return labels.all();
}

/** Only the plugins of 2015 knew any (reference 4: no address back). */
function linksOf(alarm: Members): readonly AlertLink[] {
  const contexts = alarm.objects('contexts').map((context) => new Members(context));
  return [alarm, ...contexts].slice(0, 20).flatMap((members) => {
    const url = members.text('url', 'href');
    return url === null ? [] : (safeLink(members.text('text') ?? '', url) ?? []);
  });
}

function line(text: string | null, maxLength: number): string {
  return text === null ? '' : cleanLine(withoutMarkup(text.slice(0, longestLineLookedAt)), maxLength);
}
