import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { callOutside } from '../../../main/on-call/outside-call.ts';
import { until } from '../../fakes/until.ts';
import { TlsFront } from '../../fakes/tls-front.ts';

/** A check service: plain HTTP behind a real TLS front. */
let inside: Server;
let front: TlsFront;
let answer: RequestListener;
let seen: string[];

beforeAll(async () => {
  inside = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  front = await TlsFront.start(`http://127.0.0.1:${(inside.address() as AddressInfo).port}`);
  seen = [];
});
afterEach(() => {
  seen = [];
});
afterAll(async () => {
  await front.stop();
  inside.closeAllConnections();
  await new Promise((resolve) => inside.close(resolve));
});

const call = (where: string, limitMs = 5000) =>
  callOutside(`https://${front.host}${where}`, { limitMs, ca: readFileSync(front.certificate) });
const redirect = (location: string): RequestListener => {
  return (_request, response) => response.writeHead(302, { location }).end();
};

describe('a call of the outside check', () => {
  test('is one GET, and what it answers with counts by its status', async () => {
    answer = (_request, response) => response.writeHead(200).end('OK');
    await expect(call('/ping/7?a=1')).resolves.toBe('taken');
    expect(seen).toEqual(['GET /ping/7?a=1']);
    for (const status of [204, 299]) {
      answer = (_request, response) => response.writeHead(status).end();
      await expect(call('/')).resolves.toBe('taken');
    }
    for (const status of [304, 400, 404, 429, 500, 503]) {
      answer = (_request, response) => response.writeHead(status).end();
      await expect(call('/')).resolves.toBe('refused');
    }
  });

  test('does not read a body that never ends: it hangs up', async () => {
    const key = readFileSync(path.join(path.dirname(front.certificate), 'key.pem'));
    const cert = readFileSync(front.certificate);
    let isLetGo = false;
    const endless = createTlsServer({ key, cert }, (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 1);
      response.once('close', () => {
        isLetGo = true;
        clearInterval(timer);
      });
    });
    await new Promise<void>((resolve) => endless.listen(0, 'localhost', resolve));
    const { port } = endless.address() as AddressInfo;
    await expect(callOutside(`https://localhost:${port}/`, { ca: cert })).resolves.toBe('taken');
    await until(() => isLetGo);
    endless.closeAllConnections();
    await new Promise((resolve) => endless.close(resolve));
  });

  test('follows three redirects and not a fourth', async () => {
    const hops = (most: number): RequestListener => {
      return (request, response) => {
        const hop = Number(request.url?.slice(1));
        if (hop < most) response.writeHead(307, { location: `/${hop + 1}` }).end();
        else response.writeHead(200).end();
      };
    };
    answer = hops(3);
    await expect(call('/0')).resolves.toBe('taken');
    expect(seen).toHaveLength(4);
    seen = [];
    answer = hops(4);
    await expect(call('/0')).resolves.toBe('refused');
    expect(seen).toHaveLength(4);
  });

  test.each(['http://127.0.0.1/', 'file:///etc/passwd', 'http://[', 'javascript:alert(1)'])(
    'is not led to %s',
    async (location) => {
      answer = redirect(location);
      await expect(call('/')).resolves.toBe('refused');
      expect(seen).toHaveLength(1);
    },
  );

  test('goes nowhere but over https', async () => {
    await expect(callOutside(`http://127.0.0.1:${(inside.address() as AddressInfo).port}/`)).resolves.toBe(
      'refused',
    );
    expect(seen).toEqual([]);
  });

  test('trusts no certificate that nobody vouches for', async () => {
    await expect(callOutside(`https://${front.host}/`)).resolves.toBe('refused');
    expect(seen).toEqual([]);
  });

  test('ends in time when nothing comes back', async () => {
    answer = () => undefined;
    const begun = performance.now();
    await expect(call('/', 300)).resolves.toBe('refused');
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  test('of an address where nobody is, is refused', async () => {
    await expect(callOutside('https://127.0.0.1:1/')).resolves.toBe('refused');
    await expect(callOutside('https://no-such-host.invalid/', { limitMs: 2000 })).resolves.toBe('refused');
  });
});
