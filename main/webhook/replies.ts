import type { FastifyReply } from 'fastify';

/** Nothing in the body: a stranger learns nothing from it. */
export function sendNothing(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).header('content-length', '0').send();
}

/** The store cannot take it now, and a retry can help: say so (product: senders). */
export function askToRetry(reply: FastifyReply): FastifyReply {
  return reply.code(503).header('retry-after', '30').send({ status: 'try again' });
}
