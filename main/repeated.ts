/** Runs something at an interval until it is stopped; a failure is reported and the next turn comes all the same. */
export class Repeated {
  readonly #timer: NodeJS.Timeout;

  constructor(everyMs: number, onFault: (error: unknown) => void, work: () => void) {
    this.#timer = setInterval(() => {
      try {
        work();
      } catch (error) {
        onFault(error);
      }
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
