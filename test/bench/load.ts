// The load generator, a process of its own. Argument: a `LoadOrder` as JSON; answer on stdout: a `LoadResult` as JSON.
import autocannon from 'autocannon';
import { senderOf } from '../../main/sources/catalogue.ts';

export interface LoadOrder {
  /** Who listens: each is sent its own kind of body, about as many alerts. */
  readonly to: 'tocsin' | 'alertmanager';
  readonly url: string;
  readonly connections: number;
  /** Not counted: compilers and caches warm up. */
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface LoadResult {
  readonly perSecond: number;
  /** All of them, the warm-up too. */
  readonly answered200: number;
  readonly answeredOtherwise: number;
  readonly errors: number;
}

const alerts = 500;
/** An hour ago, so that no time is ahead of the clock. */
const began = Date.now() - 3_600_000;

/** A request as autocannon keeps it: built once into the bytes that are sent. */
interface BuiltRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  requestBuffer?: Buffer;
}

/**
 * One connection's sender: real callbacks about the alerts that are its own, firing again and again at rising times. Alerts
 * are shared out among connections because each one's messages must arrive in order. The time is written into the bytes of
 * a request that was answered, so that building requests costs the generator nothing.
 */
class Sender {
  readonly requests: BuiltRequest[];
  #answered = 0;

  constructor(connection: number, { to, url, connections }: LoadOrder, templates: readonly string[]) {
    this.requests = templates
      .filter((_, index) => index % connections === connection)
      .map((body) => ({
        method: 'POST',
        path: new URL(url).pathname,
        headers: { 'content-type': contentTypes[to] },
        body,
      }));
  }

  renewAnswered(): void {
    const request = this.requests[this.#answered % this.requests.length];
    this.#answered += 1;
    const bytes = request?.requestBuffer;
    if (bytes === undefined) throw new Error('This autocannon does not keep its requests as bytes.');
    bytes.write(String(began + this.#answered), bytes.indexOf(timeField) + timeField.length, 'latin1');
  }
}

const timeField = 'timestamp=';
const contentTypes = {
  tocsin: 'application/x-www-form-urlencoded; charset=UTF-8',
  alertmanager: 'application/json',
} as const;

/** One body for each alert. */
function bodiesFor(to: LoadOrder['to']): string[] {
  return to === 'tocsin' ? callbacks() : postableAlerts();
}

/** What Prometheus posts, one alert at a time, with about as much to say as a callback has. */
function postableAlerts(): string[] {
  return Array.from({ length: alerts }, (_, index) =>
    JSON.stringify([
      {
        labels: {
          alertname: `bench ${index}`,
          severity: 'critical',
          job: 'node',
          instance: `web-${index % 254}:9100`,
          region: 'ap-southeast-1',
          project: 'acs_ecs',
        },
        annotations: {
          summary: `cpu of web-${index % 254} at 97.4 %`,
          description: `cpu_total 97.4 %, alerts at >= 90 (Average), breaching for 2 min, ${timeField}${began}`,
        },
        generatorURL: 'http://prometheus.example:9090/graph?g0.expr=cpu_total+%3E%3D+90&g0.tab=1',
      },
    ]),
  );
}

function callbacks(): string[] {
  const sender = senderOf('cloudmonitor');
  if (sender === null) throw new Error('CloudMonitor is not in the catalogue.');
  return Array.from({ length: alerts }, (_, index) => {
    const { body } = sender.sample({ state: 'firing', level: 'CRITICAL', at: began, name: `bench ${index}` });
    if (!body.includes(`${timeField}${began}`)) throw new Error('The sample has no time to replace.');
    return body;
  });
}

function run(order: LoadOrder): Promise<LoadResult> {
  const templates = bodiesFor(order.to);
  let answered200 = 0;
  let answeredOtherwise = 0;
  let errors = 0;
  let counted = 0;
  let first: number | null = null;
  const senders = new Map<unknown, Sender>();
  return new Promise((resolve, reject) => {
    const tracker = autocannon(
      {
        url: order.url,
        connections: order.connections,
        duration: Math.ceil((order.warmUpMs + order.measureMs) / 1000),
        setupClient: (client) => {
          const sender = new Sender(senders.size, order, templates);
          senders.set(client, sender);
          client.setRequests(sender.requests);
        },
      },
      (error) => {
        if (error !== null) reject(error);
        else
          resolve({ perSecond: counted / (order.measureMs / 1000), answered200, answeredOtherwise, errors });
      },
    );
    tracker.on('response', (client: unknown, status: number) => {
      senders.get(client)?.renewAnswered();
      const now = performance.now();
      first ??= now;
      if (status === 200) answered200 += 1;
      else answeredOtherwise += 1;
      const passed = now - first;
      if (passed >= order.warmUpMs && passed < order.warmUpMs + order.measureMs) counted += 1;
    });
    tracker.on('reqError', () => {
      errors += 1;
    });
  });
}

const order = process.argv[2];
if (order === undefined) throw new Error('Usage: node load.ts ORDER');
process.stdout.write(`${JSON.stringify(await run(JSON.parse(order) as LoadOrder))}\n`);
