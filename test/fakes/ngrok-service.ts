// A stand-in for the far end of ngrok's agent on the loopback address, as its open-source agent speaks to it: TLS, muxado
// frames, one JSON request a stream (github.com/ngrok/ngrok-rust, ngrok/src/internals/proto.rs and muxado/src/frame.rs).
// The real service was never reached by these tests. Left out: flow control, so no more than 256 KiB a request.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

/** What the service does with the next agents: take them, name an error, say nothing, or hang up. */
export type NgrokMood =
  | { readonly kind: 'take' }
  | { readonly kind: 'refuse'; readonly at: 'login' | 'address'; readonly message: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'hang-up' };

const frameType = { reset: 0, data: 1 } as const;
const flag = { end: 1, begin: 2 } as const;
const streamType = { login: 0, bind: 1, unbind: 2, proxy: 3, heartbeat: 0xffffffff } as const;

export class NgrokService {
  mood: NgrokMood = { kind: 'take' };
  /** The next address it gives out; null: the domain that was asked for, else its own loopback address. */
  nextUrl: string | null = null;
  /** What agents showed as their token. */
  readonly tokens: string[] = [];
  readonly domains: string[] = [];
  readonly #folder: string;
  readonly #tls: Server;
  readonly #outside: Server;
  readonly #agents = new Set<Agent>();
  readonly #callers = new Set<Socket>();

  private constructor(folder: string) {
    this.#folder = folder;
    const pem = (name: string): Buffer => readFileSync(path.join(folder, name));
    this.#tls = createTlsServer({ key: pem('key.pem'), cert: pem('certificate.pem') }, (socket) => {
      if (this.mood.kind === 'hang-up') socket.destroy();
      else this.#agents.add(new Agent(this, socket, (agent) => this.#agents.delete(agent)));
    });
    this.#outside = createTcpServer((caller) => {
      this.#callers.add(caller);
      caller.once('close', () => this.#callers.delete(caller)).on('error', () => undefined);
      const agent = [...this.#agents].find(({ boundAs }) => boundAs !== null);
      if (agent === undefined) caller.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
      else agent.carry(caller);
    });
  }

  static async start(): Promise<NgrokService> {
    const folder = mkdtempSync(path.join(tmpdir(), 'toc-ngrok-'));
    const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    // rustls takes no certificate that is its own authority as a server's, unless it says that it is none.
    const named = [
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', certificate, ...named], {
      stdio: 'ignore',
    });
    const service = new NgrokService(folder);
    await new Promise<void>((resolve) => service.#tls.listen(0, 'localhost', resolve));
    await new Promise<void>((resolve) => service.#outside.listen(0, '127.0.0.1', resolve));
    return service;
  }

  /** Where agents are to connect. */
  get serverAddr(): string {
    return `localhost:${portOf(this.#tls)}`;
  }

  /** What agents have to trust. */
  get certificate(): Uint8Array {
    return new Uint8Array(readFileSync(path.join(this.#folder, 'certificate.pem')));
  }

  /** Where the outside world calls. */
  get url(): string {
    return `http://127.0.0.1:${portOf(this.#outside)}`;
  }

  get agents(): number {
    return this.#agents.size;
  }

  /** Agents that serve an address. */
  get endpoints(): number {
    return [...this.#agents].filter(({ boundAs }) => boundAs !== null).length;
  }

  /** Cuts every agent off, as a lost network does when it says so. */
  drop(): void {
    for (const agent of this.#agents) agent.end();
  }

  async stop(): Promise<void> {
    this.drop();
    for (const caller of this.#callers) caller.destroy();
    await new Promise((resolve) => this.#tls.close(resolve));
    await new Promise((resolve) => this.#outside.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

class Agent {
  boundAs: string | null = null;
  readonly #service: NgrokService;
  readonly #socket: Socket;
  /** What came on a stream so far; its first four bytes are its type. */
  readonly #streams = new Map<number, Buffer>();
  readonly #callers = new Map<number, Socket>();
  #read = Buffer.alloc(0);
  #nextStream = 2;

  constructor(service: NgrokService, socket: Socket, onEnd: (agent: Agent) => void) {
    this.#service = service;
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      for (const caller of this.#callers.values()) caller.destroy();
      onEnd(this);
    });
  }

  end(): void {
    this.#socket.destroy();
  }

  /** Opens a stream to the agent and carries one caller over it. */
  carry(caller: Socket): void {
    const id = this.#nextStream;
    this.#nextStream += 2;
    this.#callers.set(id, caller);
    const header = Buffer.from(
      JSON.stringify({
        Id: this.boundAs,
        ClientAddr: '203.0.113.9:4711',
        Proto: 'https',
        EdgeType: '0',
        PassthroughTLS: false,
      }),
    );
    const opening = Buffer.alloc(12);
    opening.writeUInt32BE(streamType.proxy, 0);
    opening.writeBigInt64LE(BigInt(header.length), 4);
    this.#send(frameType.data, flag.begin, id, Buffer.concat([opening, header]));
    caller.on('data', (bytes: Buffer) => this.#send(frameType.data, 0, id, bytes));
    caller.once('end', () => this.#send(frameType.data, flag.end, id, Buffer.alloc(0)));
  }

  #take(bytes: Buffer): void {
    this.#read = Buffer.concat([this.#read, bytes]);
    while (this.#read.length >= 8) {
      const length = this.#read.readUIntBE(0, 3);
      if (this.#read.length < 8 + length) return;
      const kind = this.#read.readUInt8(3);
      const id = this.#read.readUInt32BE(4) & 0x7fffffff;
      const body = this.#read.subarray(8, 8 + length);
      this.#read = this.#read.subarray(8 + length);
      if (this.#service.mood.kind !== 'silent') this.#hear(kind >> 4, kind & 0x0f, id, Buffer.from(body));
    }
  }

  #hear(type: number, flags: number, id: number, body: Buffer): void {
    const caller = this.#callers.get(id);
    if (caller !== undefined) {
      if (type === frameType.data) caller.write(body);
      if (type === frameType.reset || (flags & flag.end) !== 0) caller.end();
      return;
    }
    if (type !== frameType.data) return;
    const text = Buffer.concat([this.#streams.get(id) ?? Buffer.alloc(0), body]);
    this.#streams.set(id, text);
    if (text.length <= 4) return;
    const kind = text.readUInt32BE(0);
    const rest = text.subarray(4);
    if (kind === streamType.heartbeat) {
      this.#streams.set(id, text.subarray(0, 4));
      this.#send(frameType.data, 0, id, rest);
      return;
    }
    let request: Record<string, unknown>;
    try {
      request = JSON.parse(rest.toString()) as Record<string, unknown>;
    } catch {
      return;
    }
    // One request a stream.
    this.#streams.set(id, text.subarray(0, 0));
    const answer = Buffer.from(JSON.stringify(this.#answer(kind, request)));
    this.#send(frameType.data, flag.end, id, answer);
  }

  #answer(kind: number, request: Record<string, unknown>): unknown {
    const { mood } = this.#service;
    if (kind === streamType.login) {
      const { AuthToken } = request['Extra'] as { AuthToken: string };
      this.#service.tokens.push(AuthToken);
      if (mood.kind === 'refuse' && mood.at === 'login') return { Error: mood.message };
      return { Version: '3', ClientId: 'agent', Extra: { Version: '3', Region: 'eu', PlanName: 'Free' } };
    }
    if (kind === streamType.bind) {
      if (mood.kind === 'refuse') return { Error: mood.message };
      const { Domain } = request['Opts'] as { Domain?: string };
      if (Domain !== undefined && Domain !== '') this.#service.domains.push(Domain);
      this.boundAs = 'endpoint';
      return {
        Id: this.boundAs,
        URL: this.#service.nextUrl ?? this.#service.url,
        Proto: 'https',
        Opts: request['Opts'],
        Extra: { Token: '' },
      };
    }
    if (kind === streamType.unbind) this.boundAs = null;
    return {};
  }

  #send(type: number, flags: number, id: number, body: Buffer): void {
    if (this.#socket.destroyed) return;
    const head = Buffer.alloc(8);
    head.writeUIntBE(body.length, 0, 3);
    head.writeUInt8((type << 4) | flags, 3);
    head.writeUInt32BE(id, 4);
    this.#socket.write(Buffer.concat([head, body]));
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
