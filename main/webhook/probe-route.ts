// Where our own calls come home: the app calls its public address with a token that is good once, and here says that it
// was heard. Nothing is stored or logged.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { sendNothing } from './replies.ts';

/** What a call asks for, and what must come back. A page that mirrors the address knows the first only. */
export interface ProbePass {
  readonly path: string;
  readonly echo: string;
}

interface IssuedPass {
  readonly tokenHash: Buffer;
  readonly echo: string;
  readonly issuedAt: number;
}

/** Longer than any call of ours may take. */
const goodForMs = 15_000;
/** A call asks twice at most, outside and then inside; a network that comes and goes has it begun anew. */
const mostAlive = 8;
const randomText = (): string => randomBytes(16).toString('hex');

export class ProbePasses {
  readonly #elapsed: () => number;
  #issued: readonly IssuedPass[] = [];

  /** `elapsed`: monotonic milliseconds. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  issue(): ProbePass {
    const token = randomText();
    const echo = randomText();
    const issued = { tokenHash: digest(token), echo, issuedAt: this.#elapsed() };
    this.#issued = [...this.#alive(), issued].slice(-mostAlive);
    return { path: pathOf(token), echo };
  }

  /** The echo of a token that is good, which it no longer is afterwards; else null. Takes the same time for any token. */
  use(token: string): string | null {
    const given = digest(token);
    const alive = this.#alive();
    const matches = alive.filter((issued) => timingSafeEqual(issued.tokenHash, given));
    this.#issued = alive.filter((issued) => !matches.includes(issued));
    return matches[0]?.echo ?? null;
  }

  #alive(): readonly IssuedPass[] {
    const now = this.#elapsed();
    return this.#issued.filter(({ issuedAt }) => now - issuedAt < goodForMs);
  }
}

export function addProbeRoute(server: FastifyInstance, passes: Pick<ProbePasses, 'use'>): void {
  server.get<{ Params: { token: string } }>(pathOf(':token'), (request, reply) => {
    const echo = passes.use(request.params.token);
    if (echo === null) return sendNothing(reply, 404);
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(echo);
  });
}

/** No source has an id with a dot. */
function pathOf(token: string): string {
  return `/hooks/.probe/${token}`;
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
