// The part of autocannon that the load generator uses; the package has no types of its own.
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }
  interface Client {
    setRequests(requests: Request[]): void;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** s */
    readonly duration: number;
    readonly setupClient: (client: Client) => void;
  }
  /** Emits `response` (client, statusCode, bytes, ms), `reqError` and `done`. */
  const autocannon: (options: Options, done: (error: Error | null) => void) => EventEmitter;
  export default autocannon;
}
