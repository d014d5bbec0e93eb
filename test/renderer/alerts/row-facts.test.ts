import { expect, test } from 'vitest';
import { shortCondition, shortResource } from '../../../renderer/alerts/row-facts.ts';

test('a row names the host without its address', () => {
  expect(shortResource('rds-orders-primary/10.20.4.11')).toBe('rds-orders-primary');
  expect(shortResource('shop-web-3/fe80::1')).toBe('shop-web-3');
});

test('a resource that is something else stays whole', () => {
  for (const resource of ['', '10.20.4.11', '/dev/vda1', 'logs-1 · /dev/vda1', 'project/face', 'a/10']) {
    expect(shortResource(resource)).toBe(resource);
  }
});

test('a row says the threshold, not over what it was taken', () => {
  expect(shortCondition('>= 90 (Average)')).toBe('≥ 90');
  expect(shortCondition('cpu_total > 90 (Average) and memory <= 1 GiB (Minimum)')).toBe(
    'cpu_total > 90 and memory ≤ 1 GiB',
  );
  expect(shortCondition('severity = 3')).toBe('severity = 3');
  expect(shortCondition('(a or b) > 1')).toBe('(a or b) > 1');
});
