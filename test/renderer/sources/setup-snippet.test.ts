import { expect, test } from 'vitest';
import { setupSnippet } from '../../../renderer/sources/setup-snippet.ts';
import type { SourceWithAddress } from '../../../shared/source.ts';

const address: SourceWithAddress = {
  id: 'un-main',
  kind: 'universal',
  name: 'Main',
  team: null,
  paused: false,
  priorityMap: {},
  defaultPriorityMap: {},
  noData: 'open',
  closeAfterMinutes: null,
  expectEveryHours: null,
  allowList: { mode: 'hint', addresses: [] },
  oldSecret: null,
  createdAt: 0,
  lastDeliveryAt: null,
  probeSeenAt: null,
  counts: { open: 0, deliveries: 0, notUnderstood: 0 },
  secret: 'n0t5ecret',
  localUrl: 'http://127.0.0.1:9797/hooks/un-main/n0t5ecret',
  publicUrl: null,
};
const withPublic = { ...address, publicUrl: 'https://pager.example.com/hooks/un-main/n0t5ecret' };

test('Alertmanager gets a receiver with the address, and sends recoveries', () => {
  expect(setupSnippet('alertmanager', address)).toContain(`url: "${address.localUrl}"`);
  expect(setupSnippet('alertmanager', withPublic)).toContain(`url: "${withPublic.publicUrl}"`);
  expect(setupSnippet('alertmanager', address)).toContain('send_resolved: true');
});

test('a PagerDuty client gets another host and the secret as its key, no path of ours', () => {
  expect(setupSnippet('pagerduty', withPublic)).toBe(
    'https://pager.example.com/v2/enqueue\nrouting_key: n0t5ecret',
  );
});

test('a script gets one line to fire and one to recover', () => {
  const lines = setupSnippet('script', address)?.split('\n') ?? [];
  expect(lines.map((line) => line.includes('status=resolved'))).toEqual([false, true]);
});

test('where the address is all there is to paste there is nothing else', () => {
  expect(setupSnippet('cloudmonitor', address)).toBeNull();
});
