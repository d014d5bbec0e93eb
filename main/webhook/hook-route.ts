// One address per source: who calls, what does it say, is it stored, answer. Nothing is decided about alerts here.
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SourceId } from '../../shared/alert.ts';
import { type Ingest, type Stored, StoreRefusal, type Submission } from '../alerts/ingest.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { IncomingDelivery, Reading, Sender } from '../sources/source.ts';
import { askToRetry, sendNothing } from './replies.ts';

/** What the route must know of a source. */
export interface HookSource {
  readonly id: SourceId;
  readonly paused: boolean;
  readonly origin: Submission['origin'];
  readonly sender: Sender;
}

export interface HookRouteParts {
  readonly ingest: Pick<Ingest, 'submit'>;
  /** The source if id and secret are right, else null; takes the same time in both cases. */
  readonly admit: (sourceId: string, secret: string) => HookSource | null;
  readonly now: () => number;
  readonly onStored: (source: SourceId, stored: Stored, receivedAt: number) => void;
  readonly onFault: (error: unknown) => void;
}

interface Address {
  Params: { source: string; secret?: string };
}

declare module 'fastify' {
  interface FastifyRequest {
    hookSource: HookSource | null;
  }
}

/** The only headers that are kept: none of them can carry a secret. */
const safeHeaders = ['content-type', 'content-length', 'content-encoding', 'user-agent'] as const;
const greeting = 'Tocsin is listening here. Alerts are sent to this address by POST.\n';
const empty = new Uint8Array();

export function addHookRoute(server: FastifyInstance, parts: HookRouteParts): void {
  server.decorateRequest('hookSource', null);
  for (const url of ['/hooks/:source', '/hooks/:source/:secret']) {
    server.route<Address>({
      method: ['GET', 'HEAD', 'POST', 'PUT'],
      url,
      // Before the body is read: a stranger cannot make us take in a megabyte.
      onRequest: (request, reply, next) => {
        request.hookSource = parts.admit(
          request.params.source,
          request.params.secret ?? tokenOf(request.url),
        );
        if (request.hookSource === null) {
          void sendNothing(reply, 404);
          return;
        }
        // Fastify refuses content types it cannot parse; here every one is welcome. The real one is in `rawHeaders`.
        if (request.raw.headers['content-type'] !== undefined) {
          request.raw.headers['content-type'] = 'application/octet-stream';
        }
        next();
      },
      handler: (request, reply) => receive(parts, request, reply),
    });
  }
}

async function receive(
  parts: HookRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const source = request.hookSource;
  if (source === null) return sendNothing(reply, 404);
  const body = request.body instanceof Uint8Array ? request.body : empty;
  const { incoming, remarks } = takeIn(parts, source, request, body);
  const reading = readSafely(parts, source, incoming);
  let stored: Stored;
  try {
    stored = await store(parts, source, request, incoming, contentOf(reading, source, remarks));
  } catch (error) {
    if (error instanceof StoreRefusal) return askToRetry(reply);
    throw error;
  }
  if (reading.kind === 'probe' && (request.method === 'GET' || request.method === 'HEAD')) {
    return reply.type('text/plain; charset=utf-8').send(greeting);
  }
  if (reading.kind !== 'probe' && reading.reply !== undefined) {
    return reply.code(reading.reply.status).send(reading.reply.body);
  }
  return reply.type('application/json').send(`{"status":"stored","delivery":"${stored.id}"}`);
}

async function store(
  parts: HookRouteParts,
  source: HookSource,
  request: FastifyRequest,
  incoming: IncomingDelivery,
  content: Submission['content'],
): Promise<Stored> {
  const receivedAt = parts.now();
  const stored = await parts.ingest.submit({
    raw: {
      sourceId: source.id,
      receivedAt,
      method: incoming.method,
      contentType: incoming.contentType,
      remoteAddress: request.ip,
      headers: keepSafeHeaders(request),
      query: incoming.query,
      body: incoming.body,
      bodyHash: hash('sha256', incoming.body, 'buffer'),
    },
    origin: source.origin,
    content,
  });
  parts.onStored(source.id, stored, receivedAt);
  return stored;
}

/**
 * A body that is too large is refused, but not without a trace: the sender will not say it again in fewer words. Never
 * throws.
 */
export async function recordTooLarge(parts: HookRouteParts, request: FastifyRequest): Promise<void> {
  const source = request.hookSource;
  if (source === null) return;
  const { incoming, remarks } = takeIn(parts, source, request, empty);
  const content = { kind: 'no-events', verdict: 'not-understood', reason: 'too-large', remarks } as const;
  await store(parts, source, request, incoming, content).catch(() => undefined);
}

/** From here on nobody sees what must not be kept of a person. When that cannot be told apart, nothing is kept. */
function takeIn(
  parts: HookRouteParts,
  source: HookSource,
  request: FastifyRequest,
  body: Uint8Array,
): { readonly incoming: IncomingDelivery; readonly remarks: readonly ReasonName[] } {
  const incoming: IncomingDelivery = {
    method: request.method,
    contentType: rawHeader(request, 'content-type'),
    query: withoutToken(request.url),
    body,
  };
  try {
    const clean = source.sender.withoutPersonalData(incoming);
    return { incoming: clean, remarks: clean === incoming ? [] : ['personal-data-removed'] };
  } catch (error) {
    parts.onFault(error);
    const removed = Buffer.from('[removed]');
    return { incoming: { ...incoming, query: '', body: removed }, remarks: ['personal-data-removed'] };
  }
}

/** A parser that breaks must not cost a delivery: the body is kept as not understood and the fault is logged. */
function readSafely(parts: HookRouteParts, source: HookSource, incoming: IncomingDelivery): Reading {
  // Some senders deliver by GET (reference/cloudmonitor.md 4.2); without a query there is nothing to deliver.
  if (incoming.method === 'HEAD' || (incoming.method === 'GET' && incoming.query === ''))
    return { kind: 'probe', reason: 'address-check' };
  try {
    const reading = source.sender.read(incoming);
    // Whoever looks at the address with a query of his own delivers nothing.
    return incoming.method === 'GET' && reading.kind !== 'events'
      ? { kind: 'probe', reason: 'address-check' }
      : reading;
  } catch (error) {
    parts.onFault(error);
    return { kind: 'not-understood', reason: 'fault-in-tocsin' };
  }
}

function contentOf(
  reading: Reading,
  source: HookSource,
  remarks: readonly ReasonName[],
): Submission['content'] {
  if (reading.kind !== 'events') {
    return { kind: 'no-events', verdict: reading.kind, reason: reading.reason, remarks };
  }
  // A recovery counts in every mode (product: life of an alert, 4): what was open before the pause must be able to clear.
  const events = source.paused
    ? reading.events.filter((event) => event.kind === 'recovered')
    : reading.events;
  if (source.paused && events.length === 0)
    return { kind: 'no-events', verdict: 'ignored', reason: 'source-paused', remarks };
  return { kind: 'events', events, remarks: [...reading.remarks, ...remarks] };
}

function tokenOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : (new URLSearchParams(url.slice(at + 1)).get('token') ?? '');
}

function withoutToken(url: string): string {
  const at = url.indexOf('?');
  if (at === -1) return '';
  // Piece by piece: what stays is kept as it came.
  const pieces = url.slice(at + 1).split('&');
  return pieces.filter((piece) => !new URLSearchParams(piece).has('token')).join('&');
}

function rawHeader(request: FastifyRequest, name: string): string | null {
  const { rawHeaders } = request.raw;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) return rawHeaders[index + 1]?.slice(0, 200) ?? null;
  }
  return null;
}

function keepSafeHeaders(request: FastifyRequest): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of safeHeaders) {
    const value = name === 'content-type' ? rawHeader(request, name) : request.raw.headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, 500);
  }
  return kept;
}
