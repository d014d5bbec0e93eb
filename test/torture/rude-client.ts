// A process of clients that behave badly. Argument: a `RudeOrder` as JSON. It tells on stdout in one JSON line each when
// all connections are there (`RudeStart`) and, after SIGTERM, what became of them (`RudeResult`).
import { connect, type Socket } from 'node:net';

export type Rudeness = 'slow headers' | 'slow bodies' | 'oversize' | 'broken chunks' | 'silence';

export interface RudeOrder {
  readonly kind: Rudeness;
  readonly port: number;
  /** With the secret: a stranger is turned away before any of this matters. */
  readonly path: string;
  readonly connections: number;
}

export interface RudeStart {
  readonly opened: number;
}

export interface RudeResult {
  /** First lines of answers, by status; `cut` are connections ended without one, `failed` could not be opened. */
  readonly answers: Readonly<Record<string, number>>;
}

const dripMs = 400;
const tooMuch = Buffer.alloc(64 * 1024, 'x');
const tooMuchTimes = 32;

const brokenChunks: readonly string[] = [
  'zz\r\nhello\r\n0\r\n\r\n',
  '5\r\nhel\r\n0\r\n\r\n',
  '-1\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffffff\r\nhello\r\n0\r\n\r\n',
  `5;${'e'.repeat(70_000)}\r\nhello\r\n0\r\n\r\n`,
  '5\r\nhello0\r\n\r\n',
  '0x5\r\nhello\r\n0\r\n\r\n',
  '\r\n\r\n\r\n',
  '5\nhello\n0\n\n',
];

/** Writes forever or once, as the order wants; returns what must stop when the socket closes. */
function misbehave(socket: Socket, { kind, path }: RudeOrder, turn: number): NodeJS.Timeout | null {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  switch (kind) {
    case 'silence':
      return null;
    case 'slow headers': {
      socket.write(`${head}x-slow: `);
      return setInterval(() => socket.write('a'), dripMs);
    }
    case 'slow bodies': {
      socket.write(`${head}content-length: 100000\r\n\r\nalertName=`);
      return setInterval(() => socket.write('a'), dripMs);
    }
    case 'oversize': {
      const isChunked = turn % 2 === 0;
      socket.write(
        `${head}${isChunked ? 'transfer-encoding: chunked' : `content-length: ${tooMuch.length * tooMuchTimes}`}\r\n\r\n`,
      );
      for (let part = 0; part < tooMuchTimes; part += 1) {
        if (isChunked) socket.write(`${tooMuch.length.toString(16)}\r\n`);
        socket.write(tooMuch);
        if (isChunked) socket.write('\r\n');
      }
      return null;
    }
    case 'broken chunks': {
      socket.write(`${head}transfer-encoding: chunked\r\n\r\n${brokenChunks[turn % brokenChunks.length]}`);
      return null;
    }
  }
}

/** These come again as soon as they are turned away; the others are held open as long as they are suffered. */
function comesAgain({ kind }: RudeOrder): boolean {
  return kind === 'oversize' || kind === 'broken chunks';
}

function run(order: RudeOrder): void {
  const answers: Record<string, number> = {};
  const add = (what: string): void => {
    answers[what] = (answers[what] ?? 0) + 1;
  };
  let isOver = false;
  let turn = 0;
  let settled = 0;
  const open = (): void => {
    turn += 1;
    const mine = turn;
    const socket = connect(order.port, '127.0.0.1');
    let answer = '';
    let wasOpened = false;
    let timer: NodeJS.Timeout | null = null;
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer ||= /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'nonsense';
      // Nobody waits for a second answer.
      if (comesAgain(order)) socket.destroy();
    });
    socket.once('connect', () => {
      wasOpened = true;
      timer = misbehave(socket, order, mine);
      settle();
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (timer !== null) clearInterval(timer);
      if (!wasOpened) settle();
      if (isOver) return;
      add(wasOpened ? answer || 'cut' : 'failed');
      if (comesAgain(order)) setTimeout(open, 20);
    });
  };
  const settle = (): void => {
    settled += 1;
    if (settled === order.connections) {
      const opened = order.connections - (answers['failed'] ?? 0);
      process.stdout.write(`${JSON.stringify({ opened } satisfies RudeStart)}\n`);
    }
  };
  // A few hundred at a time, or the queue of connections to accept would overflow.
  let begun = 0;
  const openSome = (): void => {
    for (let some = 0; some < 200 && begun < order.connections; some += 1, begun += 1) open();
    if (begun < order.connections) setTimeout(openSome, 20);
  };
  openSome();
  // It stays to be asked, also when every connection has been taken from it.
  const stay = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    isOver = true;
    clearInterval(stay);
    process.stdout.write(`${JSON.stringify({ answers } satisfies RudeResult)}\n`, () => process.exit(0));
  });
}

const text = process.argv[2];
if (text === undefined) throw new Error('Usage: node rude-client.ts ORDER');
run(JSON.parse(text) as RudeOrder);
