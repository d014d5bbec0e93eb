// Both halves of the control socket as a script would use them: calls, and the stream of changes.
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { BridgeReply } from '../../shared/bridge.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly reply: BridgeReply<unknown>;
}

export interface ControlRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Uint8Array;
}

/** Sends one request and reads its whole answer. */
export function askSocket(
  socketPath: string,
  { method = 'POST', path, body = '' }: ControlRequest,
): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, path, method, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, reply: JSON.parse(text) as BridgeReply<unknown> }),
      );
    });
    asking.once('error', reject);
    asking.end(body);
  });
}

/** Asks `name` with an argument object. */
export function callSocket(socketPath: string, name: string, argument: unknown = {}): Promise<ControlAnswer> {
  return askSocket(socketPath, { path: `/call/${name}`, body: JSON.stringify(argument) });
}

export interface ServerSentEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: unknown;
}

/** `GET /changes`. */
export class ChangesStream {
  readonly events: ServerSentEvent[] = [];
  closed = false;
  readonly #request: ClientRequest;
  readonly #answer: IncomingMessage;

  private constructor(asking: ClientRequest, answer: IncomingMessage) {
    this.#request = asking;
    this.#answer = answer;
  }

  /** Resolves when the answer has begun. With `reading: false` nothing is ever taken from the socket. */
  static open(socketPath: string, { reading = true } = {}): Promise<ChangesStream> {
    return new Promise((resolve, reject) => {
      const asking = request({ socketPath, path: '/changes', method: 'GET', agent: false }, (answer) => {
        const stream = new ChangesStream(asking, answer);
        const end = (): void => {
          stream.closed = true;
        };
        answer.on('close', end);
        answer.on('error', end);
        if (reading) stream.#read(answer);
        else asking.socket?.pause();
        resolve(stream);
      });
      asking.once('error', reject);
      asking.end();
    });
  }

  /** Takes what is still there, without looking at it. */
  drain(): void {
    this.#request.socket?.resume();
    this.#answer.resume();
  }

  close(): void {
    this.#request.on('error', () => undefined);
    this.#request.destroy();
  }

  #read(answer: NodeJS.ReadableStream): void {
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      const blocks = (rest + part).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.events.push(eventOf(block));
    });
  }
}

function eventOf(block: string): ServerSentEvent {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
