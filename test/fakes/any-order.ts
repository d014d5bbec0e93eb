// Order and duplication: the messages of a short episode, as bodies of a sender, in every order and each one to four times.
import type { Alert } from '../../shared/alert.ts';
import type { AlertEvent } from '../../main/alerts/alert-event.ts';
import type { Reading, Sender } from '../../main/sources/source.ts';
import { TestLedger } from './ledger.ts';

/** One request of a sender. */
export type Message = readonly AlertEvent[];

/** The events of a body; whatever is not understood has no place in an episode. */
export function messageOf(sender: Sender, body: string | Uint8Array): Message {
  const reading: Reading = sender.read({
    method: 'POST',
    contentType: null,
    query: '',
    body: Buffer.from(body),
  });
  if (reading.kind !== 'events') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading.events;
}

export interface EveryOrderOptions {
  /** Orders of the first appearance that are tried; every one when left out. */
  readonly orders?: (order: readonly number[]) => boolean;
}

/** How often each order is tried, each time with other numbers of repetitions at other places. */
const tries = 4;

/** Where all of it ended: what is open in the end as a text, and the orders that ended so. */
type EndStates = ReadonlyMap<string, readonly string[]>;

/**
 * Delivers the messages in every order and tells how it ended, as `<key> <state> <level>` of what is not resolved, sorted; the
 * orders as indexes of messages. The repetitions come from a fixed seed.
 */
export async function endStates(
  messages: readonly Message[],
  { orders = () => true }: EveryOrderOptions = {},
): Promise<EndStates> {
  const ledger = new TestLedger();
  ledger.now = Date.UTC(2026, 11, 1);
  const random = randomNumbers(20_260_301);
  const ended = new Map<string, string[]>();
  try {
    let trial = 0;
    for (const order of permutations(messages.map((_, index) => index)).filter(orders)) {
      for (let repeat = 0; repeat < tries; repeat += 1) {
        trial += 1;
        const sent = withRepetitions(order, random);
        for (const index of sent) {
          ledger.now += 1000;
          await ledger.deliver(...inTrial(messages[index] ?? [], trial));
        }
        const state = stateOf(ledger, trial);
        ended.set(state, [...(ended.get(state) ?? []), sent.join(' ')]);
      }
    }
  } finally {
    ledger.close();
  }
  return ended;
}

/** Every trial has problems of its own in one store, because opening a store for each takes longer than all the rest. */
function inTrial(message: Message, trial: number): Message {
  return message.map((event) => ({ ...event, key: `${event.key}#${trial}` }));
}

function stateOf(ledger: TestLedger, trial: number): string {
  const mark = `#${trial}`;
  return [...ledger.openAlerts.alerts()]
    .filter(({ key }) => key.endsWith(mark))
    .map((alert: Alert) => `${alert.key.slice(0, -mark.length)} ${alert.state} ${alert.level}`)
    .toSorted()
    .join(', ');
}

/** The order with each message up to three times more, anywhere after the first time. */
function withRepetitions(order: readonly number[], random: (below: number) => number): readonly number[] {
  const sent = [...order];
  for (const message of order) {
    for (let more = random(4); more > 0; more -= 1) {
      const first = sent.indexOf(message);
      sent.splice(first + 1 + random(sent.length - first), 0, message);
    }
  }
  return sent;
}

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}
