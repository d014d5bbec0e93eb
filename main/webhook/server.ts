// The webhook listener: loopback only, limits before anything else, raw bytes kept. It decides nothing.
import Fastify, { type FastifyInstance } from 'fastify';
import { addHookRoute, type HookRouteParts, recordTooLarge } from './hook-route.ts';
import { addKeyRoutes } from './key-route.ts';
import { askToRetry, sendNothing } from './replies.ts';

/** Product: 413 over 1 MiB. */
export const mostBodyBytes = 1024 * 1024;
/** CloudMonitor gives up after 5 s; whoever is slower than this is not a sender but a held-open connection. */
const slowestRequestMs = 10_000;

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

export interface WebhookServer {
  readonly port: number;
  /** Finishes what is being answered, at most half a second. */
  readonly stop: () => Promise<void>;
}

/** Builds the listener without listening, for tests with `inject`. */
export function buildWebhookServer(parts: HookRouteParts): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: mostBodyBytes,
    requestTimeout: slowestRequestMs,
    connectionTimeout: 2 * slowestRequestMs,
    keepAliveTimeout: 30_000,
    // Node looks for late requests only this often; its default of 30 s would make 10 s mean 40 s.
    http: { connectionsCheckingInterval: 1000, headersTimeout: 5000 },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    return503OnClosing: true,
    // An address that cannot even be decoded, or is too long, is any other wrong address.
    frameworkErrors: (_error, _request, reply) => void sendNothing(reply, 404),
  });
  // Any content type is taken as bytes: senders are recognised by content (reference/cloudmonitor.md 11).
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
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

/** Listens on 127.0.0.1. Port 0 picks a free one. Throws `ListenError`. */
export async function startWebhookServer(parts: HookRouteParts, port: number): Promise<WebhookServer> {
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
