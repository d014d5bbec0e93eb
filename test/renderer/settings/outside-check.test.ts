import { expect, test } from 'vitest';
import { outsideCheck } from '../../../renderer/settings/outside-check.ts';

test('an https address is taken, an empty field means none, anything else is wrong', () => {
  expect(outsideCheck(' https://hc-ping.com/0123 ')).toBe('https://hc-ping.com/0123');
  expect(outsideCheck('  ')).toBeNull();
  for (const text of ['http://hc-ping.com', 'hc-ping.com', 'https://', 'https://two words']) {
    expect(outsideCheck(text), text).toBeUndefined();
  }
});
