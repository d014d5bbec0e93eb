// One call to our own public address, and what came of it. It is made with Node's plain client: a new connection and a new
// look-up each time, no redirects followed, so that nothing answers but what a sender would meet.
import { request as requestHttp, type RequestOptions, STATUS_CODES } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { ProbeFinding } from '../../shared/tunnel.ts';

export interface ProbeOutcome {
  readonly finding: ProbeFinding;
  /** The finding needs no second look: somebody else's page, no network at all, a dead listener. */
  readonly certain: boolean;
  /** From asking to the whole answer; null when it is not ours. */
  readonly roundTripMs: number | null;
  /** Of a miss, in the words of the network; never the address asked for. */
  readonly detail: string | null;
}

export interface ProbeCallParts {
  /** What to ask for, and what must come back (webhook/probe-route.ts). */
  readonly issue: () => { readonly path: string; readonly echo: string };
  readonly localPort: () => number;
  /** False when no interface of this computer leads anywhere. */
  readonly hasNetwork: () => boolean;
  readonly version: string;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
}

/** The whole call. A sender gives up after 5 s (reference/cloudmonitor.md 1.1), so slower than this is not reachable. */
const outsideMs = 10_000;
/** Nothing lies between us and ourselves. */
const insideMs = 3000;
const mostBodyBytes = 4096;
/** For one of several addresses of a host; Node's 250 ms is too short for a far host over a phone. */
const perAddressMs = 2500;

/** Calls `publicUrl`; when that fails, the listener itself, to tell which side is to blame. Rejects nothing. */
export async function callOurselves(parts: ProbeCallParts, publicUrl: string): Promise<ProbeOutcome> {
  const outside = await call(parts, publicUrl, outsideMs);
  if (outside.finding === 'reached') return outside;
  const inside = await call(parts, `http://127.0.0.1:${parts.localPort()}`, insideMs);
  if (inside.finding !== 'reached') {
    return { finding: 'listener-silent', certain: true, roundTripMs: null, detail: inside.detail };
  }
  if (outside.finding !== 'wrong-answer' && !parts.hasNetwork()) {
    return { ...outside, finding: 'no-network', certain: true };
  }
  return outside;
}

async function call(parts: ProbeCallParts, base: string, limitMs: number): Promise<ProbeOutcome> {
  const { path, echo } = parts.issue();
  if (!URL.canParse(base + path)) return miss('name-unknown', null);
  const startedAt = parts.elapsed();
  const answer = await ask(new URL(base + path), parts.version, limitMs).catch(missOf);
  if ('finding' in answer) return answer;
  const { status, body } = answer;
  if (status === 200 && body === echo) {
    return { finding: 'reached', certain: false, roundTripMs: parts.elapsed() - startedAt, detail: null };
  }
  const detail = `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  // A refusal may be a tunnel between two connections; a page is somebody's.
  return { ...miss('wrong-answer', detail), certain: status < 400 };
}

function ask(
  url: URL,
  version: string,
  limitMs: number,
): Promise<ProbeOutcome | { readonly status: number; readonly body: string }> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(limitMs);
    // Whatever the far end does, this ends.
    signal.addEventListener('abort', () => resolve(miss('timeout', null)));
    const options: RequestOptions & { readonly autoSelectFamilyAttemptTimeout: number } = {
      agent: false,
      autoSelectFamilyAttemptTimeout: perAddressMs,
      signal,
      headers: {
        'user-agent': `Tocsin/${version} probe`,
        // Without it ngrok shows its own page to what it takes for a browser.
        'ngrok-skip-browser-warning': '1',
        accept: 'text/plain',
      },
    };
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    const fail = (error: NodeJS.ErrnoException): void => resolve(missOf(error));
    request.on('error', fail);
    request.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, body: '' });
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.byteLength;
        if (bytes <= mostBodyBytes) return;
        // Too much of it to be ours; the rest is not waited for.
        resolve({ status, body: '' });
        request.destroy();
      });
      response.on('end', () => resolve({ status, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', fail);
    });
    request.end();
  });
}

function missOf(error: NodeJS.ErrnoException): ProbeOutcome {
  const code = error.code ?? error.name;
  return miss(findingOf(code), error.message === '' ? code : error.message.slice(0, 200));
}

function findingOf(code: string): ProbeFinding {
  if (code === 'ABORT_ERR' || code === 'AbortError' || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'name-unknown';
  if (/CERT|SELF_SIGNED|^UNABLE_TO_|^ERR_TLS_/.test(code)) return 'certificate';
  // Somebody answers, in another protocol.
  if (code.startsWith('HPE_') || code.startsWith('ERR_SSL_') || code === 'EPROTO') return 'wrong-answer';
  return 'refused';
}

function miss(finding: ProbeFinding, detail: string | null): ProbeOutcome {
  return { finding, certain: false, roundTripMs: null, detail };
}
