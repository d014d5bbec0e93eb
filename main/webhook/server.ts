// The webhook listener: loopback only, limits before anything else, raw bytes kept. It decides nothing.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { addHookRoute, type HookRouteParts, recordTooLarge } from './hook-route.ts';
import { addKeyRoutes } from './key-route.ts';
import { addProbeRoute, type ProbePasses } from './probe-route.ts';
import { askToRetry, sendNothing } from './replies.ts';

/** Product: 413 over 1 MiB. */
export const mostBodyBytes = 1024 * 1024;
/** CloudMonitor gives up after 5 s; whoever is slower than this is not a sender but a held-open connection. */
const slowestRequestMs = 10_000;
/** By Node's name of what went wrong before there was a request; anything else is 400. */
const statusOfFault: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

export type ListenFailure = 'port-taken' | 'listener-down';

/** The port could not be had; `code` is stable. */
export class ListenError extends Error {
  readonly code: ListenFailure;
  constructor(code: ListenFailure, message: string) {
    super(message);
    this.name = 'ListenError';
    this.code = code;
  }
}

export interface WebhookServerParts extends HookRouteParts {
  /** Says whether a call that came in is one of our own. */
  readonly probes: Pick<ProbePasses, 'use'>;
}

export interface WebhookServer {
  readonly port: number;
  /** Finishes what is being answered, at most half a second. */
  readonly stop: () => Promise<void>;
}

/** Builds the listener without listening, for tests with `inject`. */
export function buildWebhookServer(parts: WebhookServerParts): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: mostBodyBytes,
    requestTimeout: slowestRequestMs,
    connectionTimeout: 2 * slowestRequestMs,
    keepAliveTimeout: 30_000,
    // Node looks for late requests only this often; its default of 30 s would make 10 s mean 40 s. A short one ends thousands
    // of connections in portions.
    http: { connectionsCheckingInterval: 200, headersTimeout: 5000 },
    clientErrorHandler: turnAway,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    return503OnClosing: true,
    // An address that cannot even be decoded, or is too long, is any other wrong address.
    frameworkErrors: (_error, _request, reply) => void sendNothing(reply, 404),
  });
  // Any content type is taken as bytes: senders are recognised by content (reference/cloudmonitor.md 11).
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  addProbeRoute(server, parts.probes);
  addHookRoute(server, parts);
  addKeyRoutes(server, parts);
  server.setNotFoundHandler((_request, reply) => sendNothing(reply, 404));
  server.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 413) return sendNothing(reply, await recordTooLarge(parts, request));
    if (status >= 500) {
      parts.onFault(error);
      return askToRetry(reply);
    }
    return sendNothing(reply, status);
  });
  return server;
}

/** What is no request, or takes too long to become one. */
function turnAway(error: NodeJS.ErrnoException, socket: Socket): void {
  // Nobody waits for an answer who has said nothing; writing ten thousand of them would keep a sender waiting.
  if (socket.bytesRead > 0 && socket.writable) {
    const status = error.code === undefined ? 400 : (statusOfFault[error.code] ?? 400);
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
  }
  socket.destroy();
}

/** Listens on 127.0.0.1. Port 0 picks a free one. Throws `ListenError`. */
export async function startWebhookServer(parts: WebhookServerParts, port: number): Promise<WebhookServer> {
  const server = buildWebhookServer(parts);
  try {
    await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await server.close();
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' || code === 'EACCES') {
      const why = code === 'EACCES' ? 'may not be used by this user' : 'is already in use by another program';
      throw new ListenError(
        'port-taken',
        `Port ${port} on 127.0.0.1 ${why}. Choose another one with --port or in Settings.`,
      );
    }
    throw new ListenError(
      'listener-down',
      `The webhook listener could not start: ${(error as Error).message}.`,
    );
  }
  const address = server.server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  return {
    port: actual,
    stop: async () => {
      const patience = setTimeout(() => server.server.closeAllConnections(), 500);
      await server.close();
      clearTimeout(patience);
    },
  };
}
