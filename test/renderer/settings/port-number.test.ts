import { expect, test } from 'vitest';
import { parsePort } from '../../../renderer/settings/port-number.ts';

test.each([
  ['9797', 9797],
  [' 0 ', 0],
  ['65535', 65_535],
])('%j is port %j', (text, port) => {
  expect(parsePort(text)).toBe(port);
});

test.each(['', '65536', '-1', '80.5', '1e3', '０', 'port', '000080'])('%j is no port', (text) => {
  expect(parsePort(text)).toBeNull();
});
