// kill -9 in the middle of bursts, again and again on the same store.
import { DataFolder, HeadlessApp, type Launch } from '../fakes/headless-app.ts';
import { median, percentile, round } from '../bench/statistics.ts';
import { Audit } from './audit.ts';
import { type Findings, figure, promised, say } from './findings.ts';
import { Storm } from './storm.ts';

export interface KillOptions {
  readonly rounds: number;
  readonly senders: number;
  /** 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly launch: Launch;
}

/** A store lives through this many kills; then a new one is begun, or its check would take longer and longer. */
const killsOfStore = 25;
/** Every so manieth kill is followed by one in the middle of the start after it. */
const killStartEvery = 5;
const hour = 3_600_000;

export async function killInBursts({ rounds, senders, random, launch }: KillOptions): Promise<Findings> {
  const starts: number[] = [];
  const breaches: string[] = [];
  const oddAnswers: string[] = [];
  let stored = 0;
  let cut = 0;
  let unanswered = 0;
  let looked = 0;
  for (let done = 0; done < rounds; done += killsOfStore) {
    const folder = new DataFolder(launch);
    const storm = new Storm(senders, Date.now() - 6 * hour);
    const audit = new Audit(storm.attempts);
    try {
      let app = await folder.start();
      const { id } = await app.addSource();
      const kills = Math.min(killsOfStore, rounds - done);
      for (let kill = 1; kill <= kills; kill += 1) {
        const { localUrl } = await app.call('sourceAddress', { id });
        const running = storm.run(localUrl);
        await storm.stored(1 + Math.floor(random() ** 2 * 1500));
        await app.end('SIGKILL');
        await running;
        if (kill % killStartEvery === 0) await killWhileStarting(folder.path, launch, random() * 400);
        const from = performance.now();
        app = await folder.start();
        starts.push(performance.now() - from);
        audit.look(folder.path);
        if (audit.breaches.length > 20) break;
      }
      // Now every sender gets through with what it had to say.
      const { localUrl } = await app.call('sourceAddress', { id });
      const running = storm.run(localUrl);
      await storm.stored(4 * senders);
      storm.stop();
      await running;
      audit.look(folder.path);
      await app.end('SIGTERM');
    } finally {
      await folder.remove();
    }
    breaches.push(...audit.breaches);
    oddAnswers.push(...storm.oddAnswers);
    stored += storm.count.stored;
    cut += storm.count.broken;
    unanswered += audit.unanswered;
    looked += audit.looked;
    say(
      `kill -9: ${Math.min(rounds, done + killsOfStore)} of ${rounds}, ${audit.breaches.length} promises broken`,
    );
  }
  return {
    round: 'kill -9 in bursts',
    figures: [
      figure('kills', rounds),
      figure('connections', senders),
      figure('deliveries that got their 200', stored),
      figure('requests cut by a kill', cut),
      figure('of them found in the store (sent again, taken for retries)', unanswered),
      figure('deliveries compared with the model', looked),
      promised('missing, doubled, half applied, or damage', breaches.length, '0', breaches.length === 0),
      promised('answers that were neither 200 nor 503', oddAnswers.length, '0', oddAnswers.length === 0),
      figure('start to ready after a kill, median', `${round(median(starts))} ms`),
      figure('the slowest of them', `${round(percentile(starts, 1))} ms`),
    ],
    breaches: [...breaches, ...oddAnswers],
  };
}

async function killWhileStarting(dataDir: string, launch: Launch, afterMs: number): Promise<void> {
  const app = new HeadlessApp(dataDir, [], launch);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  if (!app.hasEnded) await app.end('SIGKILL');
}
