// One address per source: who calls, what does it say, is it stored, answer. Nothing is decided about alerts here.
import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SourceId } from '../../shared/alert.ts';
import type { ForwardedHeader } from '../../shared/settings.ts';
import type { AddressJudgement } from '../../shared/source.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import { type Ingest, type Stored, StoreRefusal, type Submission } from '../alerts/ingest.ts';
import type { IncomingDelivery, Sender } from '../sources/source.ts';
import { type CleanDelivery, contentOf, readSafely, takeOutPersonalData } from './read-delivery.ts';
import { askToRetry, sendNothing } from './replies.ts';
import { senderAddress } from './sender-address.ts';

/** What the route must know of a source. */
export interface HookSource {
  readonly id: SourceId;
  readonly paused: boolean;
  readonly origin: Submission['origin'];
  readonly sender: Sender;
  /** Which of the source's secrets the request came with. */
  readonly secret: 'current' | 'old';
  /** What the source's allow-list says of an address (`senderAddress`). */
  readonly judge: (address: string | null) => AddressJudgement;
}

export interface HookRouteParts {
  readonly ingest: Pick<Ingest, 'submit'>;
  /** The source if id and secret are right, else null; takes the same time in both cases. */
  readonly admit: (sourceId: string, secret: string) => HookSource | null;
  /** The universal source whose secret this key is, else null; takes the same time in both cases. */
  readonly admitByKey: (key: string) => HookSource | null;
  readonly now: () => number;
  /** Which header is believed when it names the sender. */
  readonly forwardedHeader: () => ForwardedHeader;
  /** `host`: the address that was called, as the request names it. */
  readonly onStored: (source: SourceId, stored: Stored, receivedAt: number, host: string | undefined) => void;
  /** Somebody came by the old secret; `by` is the sender's address when known, else its user agent. */
  readonly onOldSecret: (source: SourceId, by: string | null, receivedAt: number) => void;
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
/** What clients of PagerDuty and ilert put behind the address they are given. */
const bases = ['', '/v2/enqueue', '/v2/change/enqueue', '/api/events', '/api/v1/events'];

export function addHookRoute(server: FastifyInstance, parts: HookRouteParts): void {
  server.decorateRequest('hookSource', null);
  for (const url of ['/hooks/:source', ...bases.map((base) => `/hooks/:source/:secret${base}`)]) {
    server.route<Address>({
      method: ['GET', 'HEAD', 'POST', 'PUT'],
      url,
      onRequest: (request, reply, next) =>
        letIn(parts.admit(request.params.source, secretOf(request)), request, reply, next),
      handler: (request, reply) => receive(parts, request, reply),
    });
  }
}

/** Before the body is read: a stranger, who has no source, cannot make us take in a megabyte. */
export function letIn(
  source: HookSource | null,
  request: FastifyRequest,
  reply: FastifyReply,
  next: () => void,
): void {
  request.hookSource = source;
  if (source === null) {
    void sendNothing(reply, 404);
    return;
  }
  acceptAnyType(request);
  next();
}

/** Fastify refuses content types it cannot parse; here every one is welcome. The real one is in `rawHeaders`. */
export function acceptAnyType(request: FastifyRequest): void {
  if (request.raw.headers['content-type'] !== undefined) {
    request.raw.headers['content-type'] = 'application/octet-stream';
  }
}

/** What happens to a request once it is known whose it is; a stranger's gets 404. */
export async function receive(
  parts: HookRouteParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const source = request.hookSource;
  if (source === null) return sendNothing(reply, 404);
  const body = request.body instanceof Uint8Array ? request.body : empty;
  const caller = callerOf(parts, source, request);
  const { incoming, remarks } = takeIn(parts, source, request, caller, body);
  // Behind a wall nobody is listened to, but a person can see who knocked and with what.
  const reading = caller.isRefused ? null : readSafely(source.sender, incoming, parts.onFault);
  const content = reading === null ? refusal(remarks) : contentOf(reading, source, remarks);
  let stored: Stored;
  try {
    stored = await store(parts, source, request, caller, incoming, content);
  } catch (error) {
    if (error instanceof StoreRefusal) return reading === null ? sendNothing(reply, 404) : askToRetry(reply);
    throw error;
  }
  if (reading === null) return sendNothing(reply, 404);
  if (reading.kind === 'probe' && (request.method === 'GET' || request.method === 'HEAD')) {
    return reply.type('text/plain; charset=utf-8').send(greeting);
  }
  if (reading.kind !== 'probe' && reading.reply !== undefined) {
    return reply.code(reading.reply.status).send(reading.reply.body);
  }
  return reply.type('application/json').send(`{"status":"stored","delivery":"${stored.id}"}`);
}

/** Where a request comes from, and what the rules of its source say to that. */
interface Caller {
  readonly address: string | null;
  readonly isRefused: boolean;
  readonly remarks: readonly ReasonName[];
}

function callerOf(parts: HookRouteParts, source: HookSource, request: FastifyRequest): Caller {
  const address = senderAddress(request.ip, request.raw.headers, parts.forwardedHeader());
  const judgement = source.judge(address);
  const remarks: ReasonName[] = [];
  if (source.secret === 'old') remarks.push('old-secret');
  if (judgement === 'not-listed') remarks.push('address-not-listed');
  return { address, isRefused: judgement === 'refused', remarks };
}

function refusal(remarks: readonly ReasonName[]): Submission['content'] {
  return { kind: 'no-events', verdict: 'ignored', reason: 'address-refused', remarks };
}

async function store(
  parts: HookRouteParts,
  source: HookSource,
  request: FastifyRequest,
  caller: Caller,
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
      remoteAddress: caller.address ?? request.ip,
      headers: keepSafeHeaders(request),
      query: incoming.query,
      body: incoming.body,
      bodyHash: hash('sha256', incoming.body, 'buffer'),
    },
    origin: source.origin,
    content,
  });
  parts.onStored(source.id, stored, receivedAt, request.headers.host);
  if (source.secret === 'old') {
    const agent = request.headers['user-agent']?.slice(0, 200) ?? null;
    parts.onOldSecret(source.id, caller.address ?? agent, receivedAt);
  }
  return stored;
}

/**
 * A body that is too large is refused, but not without a trace: the sender will not say it again in fewer words. Answers
 * with the status to send. Never throws.
 */
export async function recordTooLarge(parts: HookRouteParts, request: FastifyRequest): Promise<number> {
  const source = request.hookSource;
  if (source === null) return 413;
  const caller = callerOf(parts, source, request);
  const { incoming, remarks } = takeIn(parts, source, request, caller, empty);
  const content = caller.isRefused
    ? refusal([...remarks, 'too-large'])
    : ({ kind: 'no-events', verdict: 'not-understood', reason: 'too-large', remarks } as const);
  await store(parts, source, request, caller, incoming, content).catch(() => undefined);
  return caller.isRefused ? 404 : 413;
}

function takeIn(
  parts: HookRouteParts,
  source: HookSource,
  request: FastifyRequest,
  caller: Caller,
  body: Uint8Array,
): CleanDelivery {
  const incoming: IncomingDelivery = {
    method: request.method,
    contentType: rawHeader(request, 'content-type'),
    query: withoutToken(request.url),
    body,
  };
  const clean = takeOutPersonalData(source.sender, withoutSecret(incoming, secretOf(request)), parts.onFault);
  return { ...clean, remarks: [...clean.remarks, ...caller.remarks] };
}

/** As it stands in the address; empty on routes that have the key in the body, where it is cut out as such. */
function secretOf(request: FastifyRequest): string {
  const { secret } = request.params as Partial<Address['Params']>;
  return secret ?? tokenOf(request.url);
}

/** A sender may say back the address it calls, for instance in a test message: our secret is stored nowhere. */
function withoutSecret(incoming: IncomingDelivery, secret: string): IncomingDelivery {
  if (secret === '') return incoming;
  const query = incoming.query.replaceAll(secret, '[removed]');
  const body = Buffer.from(incoming.body.buffer, incoming.body.byteOffset, incoming.body.byteLength);
  if (!body.includes(secret)) return { ...incoming, query };
  return {
    ...incoming,
    query,
    body: Buffer.from(body.toString('latin1').replaceAll(secret, '[removed]'), 'latin1'),
  };
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
