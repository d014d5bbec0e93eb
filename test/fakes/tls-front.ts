// What a tunnel does in front of Tocsin: TLS outside, plain HTTP on the loopback address inside.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';

export class TlsFront {
  /** `localhost:<port>`, as clients are told it. */
  readonly host: string;
  /** For `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string;
  /** Set to answer the next requests with this status once each, after they have gone through. */
  readonly answerInstead: number[] = [];
  /** Paths of the requests that went through. */
  readonly seen: string[] = [];
  readonly #server: Server;
  readonly #folder: string;
  readonly #target: string;

  private constructor(server: Server, folder: string, target: string) {
    const address = server.address();
    this.host = `localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
    this.certificate = path.join(folder, 'certificate.pem');
    this.#server = server;
    this.#folder = folder;
    this.#target = target;
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => this.#pass(asked, answer));
  }

  /** `target`: where the listener is, e.g. `http://127.0.0.1:9797`. */
  static async start(target: string): Promise<TlsFront> {
    const folder = mkdtempSync(path.join(tmpdir(), 'toc-tls-'));
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', certificate, ...named], {
      stdio: 'ignore',
    });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new TlsFront(server, folder, target);
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const url = asked.url ?? '/';
    const { method, headers } = asked;
    const inside = request(new URL(url, this.#target), { method, headers }, (heard) => {
      this.seen.push(url);
      const instead = this.answerInstead.shift();
      if (instead === undefined) {
        answer.writeHead(heard.statusCode ?? 502, heard.headers);
        heard.pipe(answer);
      } else {
        heard.resume();
        answer.writeHead(instead).end();
      }
    });
    inside.once('error', () => answer.writeHead(502).end());
    asked.pipe(inside);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
