// Lines to paste, as the pages of the vendors and our own README print them, with invented values.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert, SourceKind } from '../../shared/alert.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { curlLine } from '../../shared/try-it.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';

const run = promisify(execFile);
/** Pastes a line into a shell; what the server answers. */
const paste = async (line: string): Promise<string> => (await run('sh', ['-c', `${line} -sS`])).stdout;

let folder: DataFolder;
let app: HeadlessApp;
beforeEach(async () => {
  folder = new DataFolder();
  app = await folder.start();
});
afterEach(() => folder.remove());

const addSource = (kind: SourceKind): Promise<SourceWithAddress> =>
  app.call('addSource', { kind, name: 'Pasted' });
const states = async (): Promise<Alert['state'][]> => (await app.alerts()).map(({ state }) => state);

test.each(['cloudmonitor', 'clustercontrol', 'universal'] as const)(
  'our own lines for %s fire, repeat and clear',
  async (kind) => {
    const { localUrl } = await addSource(kind);
    const fire = curlLine(kind, 'firing', localUrl);
    for (const line of [fire, fire]) expect(await paste(line)).toContain('"status":"stored"');
    expect(await states()).toEqual(['open']);
    await paste(curlLine(kind, 'recovered', localUrl));
    expect(await states()).toEqual(['resolved']);
  },
);

test('CloudMonitor: the sample of the callback page, not encoded at all, to the address with a token', async () => {
  const { id, secret } = await addSource('cloudmonitor');
  const sample = (state: string, level: string, time: number): string =>
    `expression=$Average>=95&metricName=Host.mem.usedutilization&instanceName=shop-web-7&signature=cGFzdGVkIHNhbXBsZQ==&metricProject=acs_ecs&userId=1000200030004000&curValue=97.39&alertName=Basic monitoring-ECS-memory usage&namespace=acs_ecs&triggerLevel=${level}&alertState=${state}&preTriggerLevel=WARN&ruleId=applyTemplate-invented-1&dimensions={userId=1000200030004000, instanceId=i-invented7}&timestamp=${time}`;
  const line = (body: string): string =>
    `curl -X POST -H 'Content-Type: application/x-www-form-urlencoded; charset=UTF-8' -d '${body}' '${app.ready.webhookUrl}/hooks/${id}?token=${secret}'`;
  await paste(line(sample('ALERT', 'WARN', 1_790_000_000)));
  expect(await app.alerts()).toMatchObject([{ state: 'open', value: '97.39', resource: 'shop-web-7' }]);
  await paste(line(sample('OK', 'OK', 1_790_000_600)));
  expect(await states()).toEqual(['resolved']);
});

describe('a universal source', () => {
  test('PagerDuty: as in its reference, with our host', async () => {
    const { secret } = await addSource('universal');
    const line = (event: object): string =>
      `curl --request POST --url ${app.ready.webhookUrl}/v2/enqueue --header 'Content-Type: application/json' --data '${JSON.stringify({ routing_key: secret, ...event })}'`;
    const payload = { summary: 'DISK at 99% on store-3', severity: 'critical', source: 'store-3' };
    expect(JSON.parse(await paste(line({ event_action: 'trigger', dedup_key: 'd', payload })))).toMatchObject(
      {
        dedup_key: 'd',
      },
    );
    expect(await states()).toEqual(['open']);
    await paste(line({ event_action: 'resolve', dedup_key: 'd' }));
    expect(await states()).toEqual(['resolved']);
  });

  test('ilert: as in its documentation, with our host', async () => {
    const { secret } = await addSource('universal');
    const line = (type: string): string =>
      `curl -X POST -H "Accept: application/json" -H "Content-Type: application/json" -d '{"apiKey":"${secret}","eventType":"${type}","summary":"Test alert","alertKey":"t"}' ${app.ready.webhookUrl}/api/events`;
    for (const [type, state] of [
      ['ALERT', 'open'],
      ['ACCEPT', 'acknowledged'],
      ['RESOLVE', 'resolved'],
    ] as const) {
      expect(JSON.parse(await paste(line(type)))).toMatchObject({ alertKey: 't' });
      expect(await states()).toEqual([state]);
    }
  });

  test('a script: a form, JSON, and the query of a GET', async () => {
    const { localUrl } = await addSource('universal');
    await paste(
      `curl -d status=firing -d severity=warning --data-urlencode 'title=Backup of "shop" & co' '${localUrl}'`,
    );
    expect(await app.alerts()).toMatchObject([
      { state: 'open', priority: 'medium', title: 'Backup of "shop" & co' },
    ]);
    await paste(
      `curl -H 'Content-Type: application/json' -d '{"status":"ok","key":"Backup of \\"shop\\" & co"}' '${localUrl}'`,
    );
    expect(await states()).toEqual(['resolved']);
    await paste(`curl -G -d status=down -d title=VPN '${localUrl}'`);
    expect(await app.alerts()).toMatchObject([{ title: 'VPN', state: 'open' }, { state: 'resolved' }]);
    expect(await paste(`curl '${localUrl}'`)).toContain('listening');
  });
});
