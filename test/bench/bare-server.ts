// What Fastify alone can do on this machine: the same kind of request, the body parsed as a form, a JSON reply, no work.
import { parse } from 'node:querystring';
import Fastify from 'fastify';

const server = Fastify({ logger: false, bodyLimit: 1024 * 1024 });
server.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => {
    done(null, parse(String(body)));
  },
);
let received = 0;
server.post('/hooks/:source/:secret', () => {
  received += 1;
  return { status: 'received', delivery: `D${received}` };
});
await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
if (typeof address !== 'object' || address === null) throw new Error('It has no port.');
process.stdout.write(`${JSON.stringify({ port: address.port })}\n`);
