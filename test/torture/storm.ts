// Many senders that never give up, and a memory of what each of them was promised.
import { Agent, type IncomingMessage, request } from 'node:http';
import { bodyOf, type Message, storyOf } from './story.ts';

/** One request that was begun. */
export interface Attempt {
  readonly id: number;
  readonly message: Message;
  /** The delivery it was told with its 200; null when there was no 200. */
  delivery: string | null;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** One sender's problem and how far it is. */
interface Progress {
  readonly story: readonly Message[];
  place: number;
}

/** Every tenth message is sent again after its 200, as a sender does whose 200 was lost. */
const sentAgainEvery = 10;
/** Senders wait 30 s as they are told; these have less time. */
const pauseAfterRefusalMs = 20;
const answerLimitMs = 20_000;

export class Storm {
  /** Every attempt so far, by its id. */
  readonly attempts = new Map<number, Attempt>();
  readonly count = { stored: 0, refused: 0, broken: 0 };
  /** Answers that should not exist: neither 200 nor 503 with Retry-After. */
  readonly oddAnswers: string[] = [];
  readonly #began: number;
  readonly #senders: Progress[];
  #problems = 0;
  #nextAttempt = 1;
  #isOn = false;

  /** `began`: sender time of the first message, epoch ms, hours back. */
  constructor(senders: number, began: number) {
    this.#began = began;
    this.#senders = Array.from({ length: senders }, () => this.#newProblem());
  }

  /** Sends to `url` until `stop` is called or the app is gone. */
  async run(url: string): Promise<void> {
    this.#isOn = true;
    const agent = new Agent({ keepAlive: true, maxSockets: this.#senders.length });
    await Promise.all(this.#senders.map((_, sender) => this.#speak(sender, new URL(url), agent)));
    agent.destroy();
  }

  /** Every sender ends after the answer it waits for. */
  stop(): void {
    this.#isOn = false;
  }

  /** Resolves when so many more have been stored. */
  async stored(more: number): Promise<void> {
    const enough = this.count.stored + more;
    while (this.count.stored < enough) await pause(2);
  }

  #newProblem(): Progress {
    const story = storyOf(this.#problems, this.#began);
    this.#problems += 1;
    return { story, place: 0 };
  }

  async #speak(sender: number, url: URL, agent: Agent): Promise<void> {
    while (this.#isOn) {
      const progress = this.#senders[sender];
      const message = progress?.story[progress.place];
      if (progress === undefined || message === undefined) {
        this.#senders[sender] = this.#newProblem();
        continue;
      }
      const outcome = await this.#attempt(message, url, agent);
      if (outcome === 'broken') return;
      if (outcome === 'refused') {
        await pause(pauseAfterRefusalMs);
        continue;
      }
      if (this.count.stored % sentAgainEvery === 0 && this.#isOn) await this.#attempt(message, url, agent);
      progress.place += 1;
    }
  }

  async #attempt(message: Message, url: URL, agent: Agent): Promise<'stored' | 'refused' | 'broken'> {
    const attempt: Attempt = { id: this.#nextAttempt, message, delivery: null };
    this.#nextAttempt += 1;
    this.attempts.set(attempt.id, attempt);
    const { body, contentType } = bodyOf(message, attempt.id);
    let answer: Answer;
    try {
      answer = await post(url, agent, contentType, body);
    } catch {
      this.count.broken += 1;
      return 'broken';
    }
    if (answer.status === 200) {
      attempt.delivery = (JSON.parse(answer.text) as { delivery: string }).delivery;
      this.count.stored += 1;
      return 'stored';
    }
    if (answer.status !== 503 || Number(answer.retryAfter) <= 0) {
      this.oddAnswers.push(`${answer.status}, Retry-After ${answer.retryAfter ?? 'missing'}: ${answer.text}`);
    }
    this.count.refused += 1;
    return 'refused';
  }
}

function post(url: URL, agent: Agent, contentType: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': contentType }, timeout: answerLimitMs },
      (answer) => void readAnswer(answer).then(resolve, reject),
    );
    asking.once('timeout', () => asking.destroy(new Error(`No answer within ${answerLimitMs} ms.`)));
    asking.once('error', reject);
    asking.end(body);
  });
}

async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const part of answer.setEncoding('utf8')) text += String(part);
  const status = answer.statusCode ?? 0;
  return { status, retryAfter: answer.headers['retry-after'] ?? null, text };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
