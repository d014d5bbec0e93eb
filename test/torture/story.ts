// What the torturing senders say, and what it must come to: a second, far simpler account of an alert's life than
// main/alerts/lifecycle.ts, so that both can be compared. Messages of one problem are sent in order, each until it has
// its 200, at rising sender times; so only these can happen: opened, repeated, level-changed, resolved, retry.
import { senderOf } from '../../main/sources/catalogue.ts';

/** One thing a sender has to say; it may take several deliveries to get through. */
export interface Message {
  readonly problem: string;
  /** Place in the problem's story, from 0. */
  readonly place: number;
  readonly state: 'firing' | 'recovered';
  readonly level: string;
  readonly sentAt: number;
  /** When its episode began. */
  readonly episodeAt: number;
}

/** What the store must hold of one episode. */
export interface ExpectedEpisode {
  count: number;
  deliveries: number;
  levelChanges: number;
  repeats: number;
  state: 'open' | 'resolved';
  level: string;
}

type Verdict = 'opened' | 'repeated' | 'level-changed' | 'resolved' | 'retry';

const second = 1000;
const minute = 60 * second;
/** A sample's recovery names the episode that began this long before it. */
const lasted = 12 * minute;

/**
 * One problem from its first message to its last: two episodes with repeats, a rise of level and recoveries; the second
 * stays open in one of three. `began` must lie hours back, so that no time is ahead of the app's clock.
 */
export function storyOf(number: number, began: number): readonly Message[] {
  const problem = `torture ${number}`;
  const first = began + number;
  const later = first + 2 * lasted;
  const firing = (level: string, episodeAt: number, after: number) =>
    ({ problem, state: 'firing', level, sentAt: episodeAt + after, episodeAt }) as const;
  const recovered = (level: string, episodeAt: number) =>
    ({ problem, state: 'recovered', level, sentAt: episodeAt + lasted, episodeAt }) as const;
  const messages = [
    firing('WARN', first, 0),
    firing('WARN', first, second),
    firing('CRITICAL', first, 2 * second),
    firing('CRITICAL', first, 3 * second),
    recovered('CRITICAL', first),
    firing('CRITICAL', later, 0),
    firing('CRITICAL', later, second),
    ...(number % 3 === 0 ? [] : [recovered('CRITICAL', later)]),
  ];
  return messages.map((message, place) => ({ ...message, place }));
}

/** The body of a delivery; `attempt` makes it recognisable in the store and is unknown to the parser. */
export function bodyOf(
  message: Message,
  attempt: number,
): { readonly contentType: string; readonly body: string } {
  const sender = senderOf('cloudmonitor');
  if (sender === null) throw new Error('CloudMonitor is not in the catalogue.');
  const { state, level, problem, episodeAt, sentAt } = message;
  // A sample's time is also its episode's; a repeat has the episode of the first.
  const at = state === 'firing' ? episodeAt : sentAt;
  const sample = sender.sample({ state, level, at, name: problem });
  const body = sample.body.replace(`timestamp=${at}`, `timestamp=${sentAt}`);
  return { contentType: sample.contentType, body: `${body}&${attemptField}${attempt}` };
}

const attemptField = 'tortureAttempt=';

/** The attempt a stored body belongs to; null when it is none of ours. */
export function attemptOf(body: string): number | null {
  const at = body.lastIndexOf(attemptField);
  return at === -1 ? null : Number(body.slice(at + attemptField.length));
}

/** What a problem's stored deliveries must have come to, told one by one in the order of the store. */
export class ExpectedProblem {
  readonly episodes: ExpectedEpisode[] = [];
  readonly #seen = new Set<number>();

  /** What the delivery of `message` must have been taken for, and the episode it speaks of. */
  tell(message: Message): { readonly verdict: Verdict; readonly episode: number } {
    const verdict = this.#verdictOn(message);
    this.#seen.add(message.place);
    if (verdict === 'opened') {
      const { level } = message;
      this.episodes.push({ count: 0, deliveries: 0, levelChanges: 0, repeats: 0, state: 'open', level });
    }
    const episode = this.episodes.at(-1);
    if (episode === undefined) throw new Error(`${message.problem} begins with a recovery.`);
    episode.deliveries += 1;
    if (verdict === 'resolved') episode.state = 'resolved';
    else if (verdict !== 'retry') {
      episode.count += 1;
      episode.level = message.level;
    }
    if (verdict === 'level-changed') episode.levelChanges += 1;
    if (verdict === 'repeated') episode.repeats += 1;
    return { verdict, episode: this.episodes.length - 1 };
  }

  #verdictOn({ place, state, level }: Message): Verdict {
    if (this.#seen.has(place)) return 'retry';
    if (state === 'recovered') return 'resolved';
    const last = this.episodes.at(-1);
    if (last === undefined || last.state === 'resolved') return 'opened';
    return last.level === level ? 'repeated' : 'level-changed';
  }
}
