// A sender that behaves well among those that do not: how long does it wait for its 200?
import { Agent, request } from 'node:http';
import { senderOf } from '../../main/sources/catalogue.ts';

const everyMs = 20;
const answerLimitMs = 10_000;

export class GoodSender {
  /** Of every request so far: until the whole answer was there, ms. */
  readonly tookMs: number[] = [];
  /** What was not answered with 200. */
  readonly failures: string[] = [];
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 1 });
  readonly #timer: NodeJS.Timeout;
  #number = 0;
  #waiting = 0;

  constructor(url: string) {
    this.#url = new URL(url);
    this.#timer = setInterval(() => this.#send(), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    while (this.#waiting > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#agent.destroy();
  }

  /** Every second request over a connection of its own: who comes new must get in, too. */
  #send(): void {
    this.#number += 1;
    const sample = senderOf('cloudmonitor')?.sample({
      state: 'firing',
      level: 'WARN',
      at: Date.now(),
      name: `good ${this.#number % 50}`,
    });
    const from = performance.now();
    this.#waiting += 1;
    const isNew = this.#number % 2 === 0;
    const asking = request(
      this.#url,
      {
        method: 'POST',
        agent: isNew ? false : this.#agent,
        headers: { 'content-type': sample?.contentType ?? '' },
        timeout: answerLimitMs,
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => {
          this.#waiting -= 1;
          this.tookMs.push(performance.now() - from);
          if (answer.statusCode !== 200) this.failures.push(`answered with ${answer.statusCode}`);
        });
      },
    );
    asking.once('timeout', () => asking.destroy(new Error(`no answer within ${answerLimitMs} ms`)));
    asking.once('error', (error) => {
      this.#waiting -= 1;
      this.failures.push(error.message);
    });
    asking.end(sample?.body);
  }
}
