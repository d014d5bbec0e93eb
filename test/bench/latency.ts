// From the request leaving the sender to Notify arriving at the notification daemon: the real app in a real Electron.
import { senderOf } from '../../main/sources/catalogue.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';
import { say } from './child.ts';
import { percentile, round } from './statistics.ts';

export interface Latency {
  readonly alerts: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Of the same requests: until the sender had its 200. */
  readonly answerP95Ms: number;
}

/** The first ones warm compilers up and are not counted. */
const warmUp = 3;
/** Calm enough for a toast of its own: what comes faster is told in a summary (main/notifications/pace.ts). */
const gapMs = 4400;

export async function measureLatency({ alerts }: { readonly alerts: number }): Promise<Latency> {
  const sender = senderOf('cloudmonitor');
  if (sender === null) throw new Error('CloudMonitor is not in the catalogue.');
  const desktop = await Desktop.open();
  try {
    const app = await desktop.launch('--hidden');
    const [source] = await app.call('listSources', {});
    const { localUrl } = await app.call('sourceAddress', { id: source?.id ?? '' });
    const notified: number[] = [];
    const answered: number[] = [];
    for (let index = -warmUp; index < alerts; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, gapMs));
      const name = `latency-${index + warmUp}.`;
      const { contentType, body } = sender.sample({
        state: 'firing',
        level: 'CRITICAL',
        at: Date.now(),
        name,
      });
      const sentAt = performance.now();
      const { status } = await fetch(localUrl, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      });
      const answeredAt = performance.now();
      if (status !== 200) throw new Error(`A delivery was answered with ${status}.`);
      const call = await until(() =>
        desktop.notifications.notified.find(({ summary }) => summary.includes(name)),
      );
      if (index < 0) continue;
      notified.push(call.receivedAt - sentAt);
      answered.push(answeredAt - sentAt);
    }
    const latency: Latency = {
      alerts,
      p50Ms: round(percentile(notified, 0.5), 1),
      p95Ms: round(percentile(notified, 0.95), 1),
      maxMs: round(Math.max(...notified), 1),
      answerP95Ms: round(percentile(answered, 0.95), 1),
    };
    say(`latency: webhook to Notify p50 ${latency.p50Ms} ms, p95 ${latency.p95Ms} ms`);
    return latency;
  } finally {
    await desktop.close();
  }
}
