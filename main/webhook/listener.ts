// Keeps the webhook listener on the wanted port: tried again while somebody else has it, moved without a gap.
import { ListenError, type WebhookServer } from './server.ts';

export interface ListenerParts {
  /** Throws `ListenError`. */
  readonly start: (port: number) => Promise<WebhookServer>;
  /** After each attempt, also when a move changed the port only. */
  readonly onState: (state: 'up' | 'down' | 'port-taken', failure: ListenError | null) => void;
}

export class Listener {
  readonly #parts: ListenerParts;
  #wanted: number;
  #server: WebhookServer | null = null;
  #isStopped = false;
  /** One attempt after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ListenerParts, wanted: number) {
    this.#parts = parts;
    this.#wanted = wanted;
  }

  /** The port that is listened on; while there is none, the one that is wanted. */
  get port(): number {
    return this.#server?.port ?? this.#wanted;
  }

  get isListening(): boolean {
    return this.#server !== null;
  }

  /** Tries to get the wanted port; nothing happens when it is there. Answers with what stands in the way. */
  listen(): Promise<ListenError | null> {
    return this.#inTurn(async () => {
      if (this.#server !== null) return null;
      const failure = await this.#take(this.#wanted);
      this.#parts.onState(failure === null ? 'up' : stateOf(failure), failure);
      return failure;
    });
  }

  /**
   * Moves to another port; 0 picks a free one. The old one answers until the new one does. When the new one cannot be had
   * nothing has changed.
   */
  move(port: number): Promise<ListenError | null> {
    return this.#inTurn(async () => {
      if (this.#server?.port === port) {
        this.#wanted = port;
        return null;
      }
      const old = this.#server;
      const failure = await this.#take(port);
      if (failure !== null) return failure;
      this.#wanted = port;
      this.#parts.onState('up', null);
      await old?.stop();
      return null;
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#last;
    await this.#server?.stop();
    this.#server = null;
  }

  async #take(port: number): Promise<ListenError | null> {
    if (this.#isStopped) return new ListenError('listener-down', 'Tocsin is quitting.');
    try {
      this.#server = await this.#parts.start(port);
      return null;
    } catch (error) {
      if (error instanceof ListenError) return error;
      throw error;
    }
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function stateOf({ code }: ListenError): 'down' | 'port-taken' {
  return code === 'port-taken' ? 'port-taken' : 'down';
}
