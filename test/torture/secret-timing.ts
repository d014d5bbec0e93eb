// Does the time of a 404 tell how wrong an address is? Requests of all kinds interleaved over one connection; kinds are
// compared by Welch's t-test after cropping the slowest tenth (as dudect does, where |t| above 4.5 means a leak).
import { connect, type Socket } from 'node:net';
import { DataFolder, type Launch } from '../fakes/headless-app.ts';
import { median, percentile, round } from '../bench/statistics.ts';
import { type Findings, figure, promised, say } from './findings.ts';

export interface TimingOptions {
  /** Of each kind. */
  readonly requests: number;
  readonly random: () => number;
  readonly launch: Launch;
}

const mostT = 4.5;
const kept = 0.9;
const warmUp = 2000;
const blockLength = 100;
const resamples = 300;
const hexDigits = '0123456789abcdef';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Pairs that must not be told apart; the first is a control that cannot be. */
const pairs = [
  ['wrong secret', 'wrong secret again'],
  ['wrong secret', 'secret wrong in its last character only'],
  ['wrong secret', 'unknown source'],
  ['secret of a wrong length', 'unknown source, secret of a wrong length'],
  ['wrong token', 'token wrong in its last character only'],
  ['wrong token', 'unknown source, any token'],
  ['wrong key in the body', 'key wrong in its last character only'],
] as const;
type Kind = (typeof pairs)[number][number];

export async function timeWrongSecrets({ requests, random, launch }: TimingOptions): Promise<Findings> {
  const folder = new DataFolder(launch);
  try {
    const app = await folder.start();
    const { id, secret, localUrl } = await app.addSource();
    const { secret: key } = await app.call('addSource', { kind: 'universal', name: 'By key' });
    const client = await Client.open(Number(new URL(localUrl).port));
    const requestsOf = requestsOfEachKind({ id, secret, key }, random);
    const kinds = [...requestsOf.keys()];
    const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
    const breaches: string[] = [];
    for (let at = -warmUp; at < requests; at += blockLength) {
      // Made as bytes before the clock runs: how a text came about shows in the time it takes to send it.
      const block = Array.from({ length: blockLength }, () => shuffled(kinds, random))
        .flat()
        .map((kind) => ({ kind, request: Buffer.from(requestsOf.get(kind)?.() ?? '', 'latin1') }));
      for (const { kind, request } of block) {
        const { status, tookUs } = await client.ask(request);
        if (status !== '404') breaches.push(`${kind} was answered with ${status}`);
        if (at >= 0) times.get(kind)?.push(tookUs);
      }
    }
    client.close();
    const limit = percentile([...times.values()].flat(), kept);
    const of = (kind: Kind): readonly number[] => (times.get(kind) ?? []).filter((time) => time <= limit);
    const compared = pairs.map(([a, b]) => ({ a, b, ...compare(of(a), of(b), random) }));
    for (const { a, b, t } of compared) say(`wrong secrets: ${a} / ${b}: t = ${round(t, 2)}`);
    return {
      round: 'wrong secrets',
      figures: [
        figure('requests of each kind', requests),
        figure('a 404 takes, median', `${round(median([...times.values()].flat()), 1)} µs`),
        ...compared.map(({ a, b, t, difference, low, high }) =>
          promised(
            `${a} / ${b}`,
            `${round(difference, 2)} µs (95 %: ${round(low, 2)} to ${round(high, 2)}), t = ${round(t, 2)}`,
            `|t| < ${mostT}`,
            Math.abs(t) < mostT,
          ),
        ),
        promised('answered otherwise than with 404', breaches.length, '0', breaches.length === 0),
      ],
      breaches,
    };
  } finally {
    await folder.remove();
  }
}

interface Doors {
  readonly id: string;
  readonly secret: string;
  /** The secret of another, universal source. */
  readonly key: string;
}

/** Makes a request of each kind; those that are compared have one length. */
function requestsOfEachKind({ id, secret, key }: Doors, random: () => number): Map<Kind, () => string> {
  const oneOf = (alphabet: string, but?: string): string => {
    for (;;) {
      const letter = alphabet[Math.floor(random() * alphabet.length)] ?? 'A';
      if (letter !== but) return letter;
    }
  };
  const any = (length: number, alphabet = letters): string =>
    Array.from({ length }, () => oneOf(alphabet)).join('');
  const wrong = (right: string, alphabet = letters): string =>
    oneOf(alphabet, right[0]) + any(right.length - 1, alphabet);
  const nearly = (right: string, alphabet = letters): string =>
    right.slice(0, -1) + oneOf(alphabet, right.at(-1));
  const unknown = (): string => `cm-${any(id.length - 3, 'abcdefghjkmnpqrstuvwxyz23456789')}`;
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
  const enqueue = (routingKey: string): string => {
    const body = JSON.stringify({ routing_key: routingKey, event_action: 'trigger' });
    return `POST /v2/enqueue HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
  return new Map<Kind, () => string>([
    ['wrong secret', () => get(`/hooks/${id}/${wrong(secret)}`)],
    ['wrong secret again', () => get(`/hooks/${id}/${wrong(secret)}`)],
    ['secret wrong in its last character only', () => get(`/hooks/${id}/${nearly(secret)}`)],
    ['unknown source', () => get(`/hooks/${unknown()}/${wrong(secret)}`)],
    ['secret of a wrong length', () => get(`/hooks/${id}/${any(9)}`)],
    ['unknown source, secret of a wrong length', () => get(`/hooks/${unknown()}/${any(9)}`)],
    ['wrong token', () => get(`/hooks/${id}?token=${wrong(secret)}`)],
    ['token wrong in its last character only', () => get(`/hooks/${id}?token=${nearly(secret)}`)],
    ['unknown source, any token', () => get(`/hooks/${unknown()}?token=${wrong(secret)}`)],
    ['wrong key in the body', () => enqueue(wrong(key, hexDigits))],
    ['key wrong in its last character only', () => enqueue(nearly(key, hexDigits))],
  ]);
}

/** Welch's t, and the difference of the medians with its bootstrap interval. */
function compare(a: readonly number[], b: readonly number[], random: () => number) {
  const t = (mean(b) - mean(a)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  const differences = Array.from(
    { length: resamples },
    () => median(resampled(b, random)) - median(resampled(a, random)),
  );
  return {
    t,
    difference: median(b) - median(a),
    low: percentile(differences, 0.025),
    high: percentile(differences, 0.975),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

function resampled(values: readonly number[], random: () => number): Float64Array {
  return Float64Array.from(values, () => values[Math.floor(random() * values.length)] ?? 0);
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** One connection, one request at a time, as little as possible around it. */
class Client {
  readonly #socket: Socket;
  #answered: ((answer: string) => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1').on('data', (text: string) => this.#answered?.(text));
  }

  static open(port: number): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Client(socket)));
      socket.once('error', reject);
    });
  }

  async ask(request: Buffer): Promise<{ readonly status: string; readonly tookUs: number }> {
    const answer = new Promise<string>((resolve) => {
      this.#answered = resolve;
    });
    const from = process.hrtime.bigint();
    this.#socket.write(request);
    const text = await answer;
    return { status: text.slice(9, 12), tookUs: Number(process.hrtime.bigint() - from) / 1000 };
  }

  close(): void {
    this.#socket.destroy();
  }
}
