// A test alert goes the real way: posted to the listener like any other, and taken back by a recovery after a minute.
import { randomInt } from 'node:crypto';
import type { Alert, DeliveryId, SourceId } from '../../shared/alert.ts';
import type { Priority, PriorityMap } from '../../shared/priority.ts';
import { refusalText, type TestObstacle } from '../../shared/text/refusal-text.ts';
import type { Sample, Sender } from '../sources/source.ts';

/** What a test needs of the source it pretends to be. */
export interface TestTarget {
  readonly sender: Sender;
  readonly obstacle: TestObstacle | null;
  readonly priorityMap: PriorityMap;
  /** Where to post, secret included: by the public address when there is one, as a monitor would. */
  readonly url: string;
  /**
   * Where to take it back, asked when it is time: the way in may have gone meanwhile, and the port be another one. Null while
   * the port is not ours; nothing is sent there then, for the address holds the secret.
   */
  readonly localUrl: () => string | null;
}

export interface TestAlertParts {
  /** Null when there is no such source, or none at all. */
  readonly target: (sourceId: SourceId | null) => TestTarget | null;
  readonly now: () => number;
  readonly onFault: (error: unknown) => void;
}

/** A test alert clears by itself after this long. */
export const testAlertMs = 60_000;

/** The test could not be sent; the message is a sentence for the person. */
export class TestAlertFailure extends Error {
  readonly code: 'unknown-source' | 'not-received' | TestObstacle;
  constructor(code: TestAlertFailure['code'], message: string) {
    super(message);
    this.name = 'TestAlertFailure';
    this.code = code;
  }
}

const testNamePattern = /^Tocsin test [0-9a-z]{1,6}$/;

function testName(number: number): string {
  return `Tocsin test ${number.toString(36)}`;
}

/** True for an alert that `TestAlerts` made: one that a crash left open must not look like a real one. */
export function isTestAlert(alert: Pick<Alert, 'title' | 'labels'>): boolean {
  // Every sender's sample has its name for a title or in a label of its own choice.
  return [alert.title, ...Object.values(alert.labels)].some((text) => testNamePattern.test(text));
}

/** Sends test alerts and takes each back. */
export class TestAlerts {
  readonly #parts: TestAlertParts;
  readonly #open = new Set<() => Promise<void>>();

  constructor(parts: TestAlertParts) {
    this.#parts = parts;
  }

  /** Posts a firing sample and answers with the delivery it became. Throws `TestAlertFailure`. */
  async send(options: {
    readonly sourceId?: SourceId;
    readonly priority?: Priority;
  }): Promise<{ url: string; delivery: DeliveryId }> {
    const { now } = this.#parts;
    const target = this.#parts.target(options.sourceId ?? null);
    if (target === null)
      throw new TestAlertFailure('unknown-source', 'There is no source to send a test alert through.');
    if (target.obstacle !== null)
      throw new TestAlertFailure(target.obstacle, refusalText.en.test[target.obstacle]);
    const { url, localUrl, sender } = target;
    const level = levelFor(target.priorityMap, options.priority ?? 'critical');
    const name = testName(randomInt(1e9));
    const delivery = await post(url, sender.sample({ state: 'firing', level, at: now(), name }));
    const takeBack = async (): Promise<void> => {
      clearTimeout(timer);
      if (!this.#open.delete(takeBack)) return;
      const back = localUrl();
      if (back === null) return;
      const recovered = sender.sample({ state: 'recovered', level, at: now(), name });
      await post(back, recovered).catch(this.#parts.onFault);
    };
    const timer = setTimeout(() => void takeBack(), testAlertMs);
    this.#open.add(takeBack);
    return { url: url.replace(/[^/]+$/, '••••'), delivery };
  }

  /** Before the listener stops: a test alert must not look like a real one after the next start. */
  async takeAllBack(): Promise<void> {
    await Promise.all([...this.#open].map((takeBack) => takeBack()));
  }
}

async function post(url: string, sample: Sample): Promise<DeliveryId> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': sample.contentType },
      body: sample.body,
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
  } catch {
    throw new TestAlertFailure('not-received', 'The test alert did not arrive: nobody answers there.');
  }
  const reply: unknown = response.ok ? await response.json() : null;
  if (
    typeof reply === 'object' &&
    reply !== null &&
    'delivery' in reply &&
    typeof reply.delivery === 'string'
  ) {
    return reply.delivery as DeliveryId;
  }
  throw new TestAlertFailure('not-received', `The test alert was answered with status ${response.status}.`);
}

/** The level word that this source maps to the wanted priority; its own word for "critical" when there is none. */
function levelFor(map: PriorityMap, priority: Priority): string {
  return Object.entries(map).find(([, mapped]) => mapped === priority)?.[0] ?? 'CRITICAL';
}
