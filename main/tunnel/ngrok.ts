// ngrok by its own library, which is loaded when it is needed and not before. Of that library (1.7.0) only one connection
// is used: its own reconnecting waits 50 ms, 2.5 s, 2 min, then nearly two hours (ngrok-rust, session.rs: powers of 50),
// and a far end that stands still without hanging up is to it no more than a heartbeat without an answer.
import { connect } from 'node:net';
import type { Listener, Session } from '@ngrok/ngrok';
import type { TunnelPlan } from '../../shared/tunnel.ts';
import { detailOf } from './plain-line.ts';
import type { RunningTunnel, TunnelEvents, TunnelProvider, TunnelTrouble } from './provider.ts';

type NgrokPlan = Extract<TunnelPlan, { kind: 'ngrok' }>;

export interface NgrokParts {
  readonly authtoken: string;
  /** Seconds; a far end that stands still is noticed after both. */
  readonly heartbeat?: { readonly every: number; readonly tolerance: number };
  /** Another far end than ngrok's, for tests: its address, and the certificate to be trusted. */
  readonly farEnd?: { readonly address: string; readonly certificate: Uint8Array };
  readonly pace?: NgrokPace;
}

export interface NgrokPace {
  /** So long the service may take to take a connection. */
  readonly knockMs: number;
  /** So long an attempt waits for one before it that still connects. */
  readonly turnMs: number;
}

const usualHeartbeat = { every: 10, tolerance: 10 } as const;
/** `stop` does not wait longer than this for the service to hear of it. */
const longestGoodbyeMs = 1000;
/** Where the library connects when it is not told otherwise. */
const usualFarEnd = 'connect.ngrok-agent.com:443';
/** Together less than the supervisor gives an attempt (tunnel.ts), so that it can still say what is wrong. */
const usualPace: NgrokPace = { knockMs: 8000, turnMs: 15_000 };

/**
 * The library connects one at a time in a whole process: until the service has answered it holds the lock of its default token
 * (ngrok-javascript, session.rs), and it knows no time limit. Whoever comes after a connection that hangs would hang as well,
 * and take its turn long after it was given up; so it waits here. Settles when that connection does; rejects nothing.
 */
let turn: Promise<unknown> = Promise.resolve();

export function ngrokTunnel(plan: NgrokPlan, parts: NgrokParts): TunnelProvider {
  return { start: (port, events) => new Attempt(plan, parts, port, events) };
}

class Attempt implements RunningTunnel {
  readonly #plan: NgrokPlan;
  readonly #parts: NgrokParts;
  readonly #events: TunnelEvents;
  #session: Session | null = null;
  #listener: Listener | null = null;
  #isUp = false;
  /** Until it serves its address, has given up or was stopped. */
  readonly #connecting: Promise<void>;
  #isOver = false;

  constructor(plan: NgrokPlan, parts: NgrokParts, port: number, events: TunnelEvents) {
    this.#plan = plan;
    this.#parts = parts;
    this.#events = events;
    this.#connecting = this.#connect(port).catch((error: unknown) => this.#lose(error));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    // A session that is closed while the service gives out the address would keep it: what connects leaves by itself.
    await Promise.race([this.#connecting, pause(longestGoodbyeMs)]);
    if (this.#isUp) await this.#leave();
  }

  async #connect(port: number): Promise<void> {
    const { SessionBuilder } = await import('@ngrok/ngrok');
    if (this.#isOver) return;
    const { authtoken, heartbeat = usualHeartbeat, farEnd, pace = usualPace } = this.#parts;
    const builder = new SessionBuilder()
      .authtoken(authtoken)
      .heartbeatInterval(heartbeat.every)
      .heartbeatTolerance(heartbeat.tolerance)
      .handleHeartbeat((latency: number | null) => {
        if (latency === null) this.#lose('heartbeat without an answer');
      })
      .handleDisconnection((_address, error) => {
        this.#lose(error);
        // Do not connect again. The library says so on our stdout; anything but a boolean would end the process.
        return false;
      });
    if (farEnd !== undefined) builder.serverAddr(farEnd.address).caCert(farEnd.certificate);
    await knock(farEnd?.address ?? usualFarEnd, pace.knockMs);
    if (!(await within(pace.turnMs, turn)))
      throw new Error('an earlier connection to ngrok neither comes up nor ends; restarting Tocsin ends it');
    if (this.#isOver) return;
    const connecting = builder.connect();
    turn = connecting.catch(() => undefined);
    this.#session = await connecting;
    if (this.#isOver) return this.#leave();
    const endpoint = this.#session.httpEndpoint();
    if (this.#plan.domain !== null) endpoint.domain(this.#plan.domain);
    this.#listener = await endpoint.listenAndForward(`http://127.0.0.1:${port}`);
    if (this.#isOver) return this.#leave();
    const url = this.#listener.url();
    if (url === null) throw new Error('ngrok named no address');
    this.#isUp = true;
    this.#events.onUp(url);
    // Ends with the connection, or when somebody stops the endpoint in ngrok's dashboard.
    void this.#listener.join().then(
      () => this.#lose('the endpoint was stopped'),
      (error: unknown) => this.#lose(error),
    );
  }

  #lose(why: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void this.#leave();
    this.#events.onDown(ngrokTrouble(why, this.#parts.authtoken, this.#isUp));
  }

  /**
   * Gives the address back. The connection itself the library leaves open until the service misses its heartbeat; then
   * it is not taken up again.
   */
  async #leave(): Promise<void> {
    const goodbye = async (): Promise<void> => {
      await this.#listener?.close();
      await this.#session?.close();
    };
    await Promise.race([goodbye().catch(() => undefined), pause(longestGoodbyeMs)]);
  }
}

/** Codes of ngrok.com/docs/errors; whatever is not here may pass. */
const codes: Readonly<Record<string, Pick<TunnelTrouble, 'code' | 'retry'>>> = {
  // A suspended account; a token that is none, of an old version, reset, revoked; a network that it may not come from.
  ERR_NGROK_103: { code: 'login-refused', retry: false },
  ERR_NGROK_105: { code: 'login-refused', retry: false },
  ERR_NGROK_106: { code: 'login-refused', retry: false },
  ERR_NGROK_107: { code: 'login-refused', retry: false },
  ERR_NGROK_109: { code: 'login-refused', retry: false },
  ERR_NGROK_115: { code: 'login-refused', retry: true },
  ERR_NGROK_116: { code: 'login-refused', retry: true },
  ERR_NGROK_300: { code: 'login-refused', retry: false },
  ERR_NGROK_4018: { code: 'login-refused', retry: false },
  // As many agents as the account may have; the address is served by another one.
  ERR_NGROK_108: { code: 'address-in-use', retry: true },
  ERR_NGROK_334: { code: 'address-in-use', retry: true },
};

/** What the library's error means; the service repeats the token in some of its sentences. */
export function ngrokTrouble(error: unknown, authtoken: string, wasUp: boolean): TunnelTrouble {
  const message = messageOf(error);
  const detail = detailOf(message, [authtoken]);
  if (wasUp) return { code: 'lost', detail, retry: true };
  const code = /ERR_NGROK_\d+/.exec(message)?.[0];
  const known = code === undefined ? undefined : codes[code];
  if (known !== undefined) return { ...known, detail };
  // Without a code the service has not said anything.
  const isOurs = /Unsupported (OS|architecture)|native binding|Cannot find (module|package)/i.test(message);
  return { code: code === undefined && !isOurs ? 'host-unreachable' : 'failed', detail, retry: !isOurs };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Rejects when nobody takes a connection there: for the library to find out may take minutes, in which nothing else connects. */
function knock(address: string, longestMs: number): Promise<void> {
  const at = address.lastIndexOf(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)) });
    const limit = setTimeout(() => socket.destroy(new Error('nobody answers at the service')), longestMs);
    socket.once('connect', () => socket.destroy());
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(limit);
      resolve();
    });
  });
}

/** False: it has not settled by then. */
function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(ms).then(() => false)]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
