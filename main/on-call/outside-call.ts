// One call of the outside check: a GET over https whose answer counts by its status alone.
import { request } from 'node:https';
import type { CallOutcome } from './outside-check.ts';

export interface OutsideCallOptions {
  /** The whole call, redirects included. 10 s when absent. */
  readonly limitMs?: number;
  /** An own certificate authority, PEM. */
  readonly ca?: string | Buffer;
}

const mostRedirects = 3;

/** Never rejects: whatever goes wrong is `refused`. The address may be a secret and is told to nobody. */
export async function callOutside(
  address: string,
  { limitMs = 10_000, ca }: OutsideCallOptions = {},
): Promise<CallOutcome> {
  const signal = AbortSignal.timeout(limitMs);
  let url = address;
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      const { status, location } = await ask(new URL(url), signal, ca);
      if (status >= 200 && status < 300) return 'taken';
      if (status < 300 || status >= 400 || location === undefined) return 'refused';
      url = new URL(location, url).href;
    }
  } catch {
    // No network, no such host, a certificate nobody trusts, too slow, not https.
  }
  return 'refused';
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

function ask(url: URL, signal: AbortSignal, ca: string | Buffer | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Throws for any protocol but https, which a redirect could name.
    const call = request(url, {
      method: 'GET',
      agent: false,
      signal,
      headers: { 'user-agent': 'Tocsin', accept: '*/*', connection: 'close' },
      ...(ca === undefined ? {} : { ca }),
    });
    call.on('error', reject);
    call.once('response', (answer) => {
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location });
      // The body is nothing to us, however long it is.
      answer.once('error', () => undefined);
      call.destroy();
    });
    call.end();
  });
}
