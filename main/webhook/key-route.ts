// Addresses as PagerDuty and ilert have them, so that their clients work when only the host is changed. The source is named by a
// key that those clients send anyway, and that is the secret of a universal source.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseJson, isJsonObject } from '../sources/json-value.ts';
import { acceptAnyType, type HookRouteParts, letIn, receive } from './hook-route.ts';

/** PagerDuty's own limit. The body of a stranger has to be read to see his key, so it is less than for a hook. */
const mostBodyBytes = 512 * 1024;
const keyFields = ['routing_key', 'integrationKey', 'apiKey'] as const;
const longestKey = 128;

export function addKeyRoutes(server: FastifyInstance, parts: HookRouteParts): void {
  for (const url of ['/v2/enqueue', '/v2/change/enqueue', '/api/events', '/api/v1/events']) {
    server.route({
      method: 'POST',
      url,
      bodyLimit: mostBodyBytes,
      onRequest: (request, _reply, next) => {
        acceptAnyType(request);
        next();
      },
      handler: (request, reply) => receiveByKey(parts, request, keyIn(request.body), reply),
    });
  }
  server.route<{ Params: { key: string } }>({
    method: 'POST',
    url: '/api/v1/events/:type/:key',
    bodyLimit: mostBodyBytes,
    onRequest: (request, reply, next) => letIn(parts.admitByKey(request.params.key), request, reply, next),
    handler: (request, reply) => receive(parts, request, reply),
  });
}

function receiveByKey(
  parts: HookRouteParts,
  request: FastifyRequest,
  key: string | null,
  reply: FastifyReply,
): FastifyReply | Promise<FastifyReply> {
  request.hookSource = key === null ? null : parts.admitByKey(key);
  return receive(parts, request, reply);
}

function keyIn(body: unknown): string | null {
  if (!(body instanceof Uint8Array)) return null;
  const event = parseJson(Buffer.from(body).toString('utf8'));
  if (!isJsonObject(event)) return null;
  const key = keyFields.map((name) => event[name]).find((value) => typeof value === 'string');
  return key === undefined || key.length > longestKey ? null : key;
}
