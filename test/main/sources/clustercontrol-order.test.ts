// Every order of a short episode ends alike, each message sent one to four times.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clustercontrol } from '../../../main/sources/clustercontrol/clustercontrol.ts';
import { endStates, type Message, messageOf } from '../../fakes/any-order.ts';

const envelope = JSON.parse(
  readFileSync(new URL('../../fixtures/clustercontrol/envelope-created.json', import.meta.url), 'utf8'),
) as {
  readonly event_origins: object;
  readonly event_specifics: { readonly alarm: object };
};
const began = Date.UTC(2026, 2, 1, 8) / 1000;

function event(event_name: string, minutes: number, alarm: object = {}): Message {
  const { event_origins, event_specifics } = envelope;
  return messageOf(
    clustercontrol,
    JSON.stringify({
      ...envelope,
      event_name,
      event_origins: { ...event_origins, tv_sec: began + minutes * 60 },
      event_specifics: { ...event_specifics, alarm: { ...event_specifics.alarm, ...alarm } },
    }),
  );
}

const ends = async (...messages: readonly Message[]): Promise<readonly string[]> =>
  [...(await endStates(messages)).keys()].map((state) => state.replaceAll(/clustercontrol:\S* /g, ''));

const warning = { severity: 1, severity_name: 'ALARM_WARNING' };
const created = event('Created', 0, warning);
const worse = event('Changed', 5);
const silenced = event('Changed', 7, { counter: 3, ignored: 3 });
const ended = event('Ended', 9);
const later = event('Created', 30, warning);

test('what has not ended is open at its newest level', async () => {
  expect(await ends(created, worse)).toEqual(['open CRITICAL']);
});

test('what was silenced there is acknowledged', async () => {
  expect(await ends(created, silenced)).toEqual(['acknowledged CRITICAL']);
});

test('ended is the end', async () => {
  expect(await ends(created, worse, silenced, ended)).toEqual(['']);
});

test('the same alarm created again is open', async () => {
  expect(await ends(created, worse, ended, later)).toEqual(['open WARNING']);
});
