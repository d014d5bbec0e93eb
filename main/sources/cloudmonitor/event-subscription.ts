// Format C of the reference: an event subscription's push channel. JSON or form, by POST or GET, is told apart before; here
// its objects may still be JSON text.
import { readSenderTime } from '../sender-time.ts';
import type { Reading } from '../source.ts';
import { readStateWord } from '../state-word.ts';
import { readEventTime } from './event-time.ts';
import type { Fields } from './json-fields.ts';
import { readSystemEvent } from './system-event.ts';

/** The event inside a subscription's message; null when it is none. */
export function subscribedEvent(fields: Fields): Fields | null {
  const alert = fields.find('alert');
  if (alert === null) return null;
  const named = alert.text('eventname', 'arn', 'dedupid') !== null || alert.find('meta') !== null;
  return named || alert.has('alertstatus') ? alert : null;
}

/**
 * A system event, or a threshold alert that is subscribed to: its inner object was never seen, so it is read by what the
 * outer ones say (reference 4.3).
 */
export function readSubscribedEvent(fields: Fields, alert: Fields): Reading {
  const meta = alert.inner('meta').inner('syseventmeta');
  const name = alert.text('eventname') ?? meta.text('name', 'eventnameen') ?? fields.text('strategyname');
  const arn = alert.text('arn') ?? meta.text('resourceid');
  if (name === null && arn === null) return { kind: 'not-understood', reason: 'no-known-format' };
  const resolved = readStateWord(alert.text('alertstatus') ?? '') === 'recovered';
  const times = [meta.text('eventtime'), alert.text('timestamp'), fields.text('time')];
  const { sentAt, timeRemarks } = readEventTime(times.find((time) => time !== null) ?? null);
  const content = alert.find('eventcontentmap') ?? alert.inner('eventrawcontent');
  return readSystemEvent({
    id: alert.text('dedupid', 'traceid') ?? meta.text('id'),
    name: name ?? '',
    displayName: meta.text('eventnamezh'),
    arn,
    instanceName: meta.text('instancename'),
    product: alert.text('product') ?? meta.text('product'),
    regionId: meta.text('regionid'),
    level: alert.text('severity') ?? meta.text('level') ?? fields.text('severity'),
    status: meta.text('status'),
    resolved,
    // The event keeps its own time, also while it is told again; its end is later than that, or it could not end.
    sentAt: resolved ? newest(times) : sentAt,
    timeRemarks,
    content,
    labels: [alert, meta, fields],
  });
}

function newest(times: readonly (string | null)[]): number | null {
  return times.reduce<number | null>((latest, time) => {
    const { at } = readSenderTime(time);
    return at === null || (latest !== null && latest >= at) ? latest : at;
  }, null);
}
