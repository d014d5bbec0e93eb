import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressRule,
  judgeAddress,
  keepsOutThisComputer,
  readAddresses,
} from '../../../main/settings/allow-list.ts';

const addresses = ['192.0.2.7', '198.51.100.0/24', '2001:db8:7::/48', '2001:db8::1'];
const judge = (mode: 'hint' | 'wall', address: string | null, list: readonly string[] = addresses) =>
  judgeAddress(addressRule({ mode, addresses: [...list] }), address);

const listed = [
  '192.0.2.7',
  '::ffff:192.0.2.7',
  '::ffff:c000:0207',
  '198.51.100.0',
  '198.51.100.255',
  '2001:db8::1',
  '2001:DB8:0:0::1',
  '2001:db8:7:ffff::9',
];
const notListed = ['192.0.2.8', '198.51.101.0', '2001:db8::2', '2001:db8:8::1', '::1', 'unreadable', ''];

describe('an address', () => {
  test.each(listed)('%j is on the list', (address) => {
    expect(judge('hint', address)).toBe('fine');
    expect(judge('wall', address)).toBe('fine');
  });

  test.each(notListed)('%j is not: a hint marks it, a wall refuses it', (address) => {
    expect(judge('hint', address)).toBe('not-listed');
    expect(judge('wall', address)).toBe('refused');
  });

  test('that is not known says nothing to a hint; to a wall it is this computer', () => {
    expect(judge('hint', null)).toBe('fine');
    expect(judge('wall', null)).toBe('refused');
    expect(judge('wall', null, ['127.0.0.1'])).toBe('fine');
    expect(judge('wall', null, ['127.0.0.0/8'])).toBe('fine');
  });

  test('means nothing to an empty hint, and an empty wall refuses it', () => {
    expect(judge('hint', '192.0.2.8', [])).toBe('fine');
    expect(judge('wall', '192.0.2.8', [])).toBe('refused');
    expect(judge('wall', null, [])).toBe('refused');
  });

  test('written as IPv6 is judged like the IPv4 address that it is', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (entry, address, prefix) => {
        for (const list of [[entry], [`${entry}/${prefix}`], [`::ffff:${entry}`]])
          expect(judge('wall', `::ffff:${address}`, list)).toBe(judge('wall', address, list));
      }),
    );
  });
});

describe('the entries of a list', () => {
  test('are addresses and ranges, freed of spaces', () => {
    expect(readAddresses([' 192.0.2.7 ', '10.0.0.0/8', '::/0', '0.0.0.0/0', '2001:db8::/128'])).toEqual({
      addresses: ['192.0.2.7', '10.0.0.0/8', '::/0', '0.0.0.0/0', '2001:db8::/128'],
    });
  });

  test.each([
    '',
    ' ',
    'example.com',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.7/33',
    '192.0.2.7/-1',
    '192.0.2.7/',
    '192.0.2.7/8/8',
    '192.0.2.7/0x8',
    '192.0.2.7:80',
    '2001:db8::/129',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '2001:db8::g',
  ])('%j is neither and is named', (entry) => {
    expect(readAddresses(['192.0.2.7', entry, 'worse'])).toEqual({ wrong: entry.trim() });
  });

  test('of any text never break anything, and what is accepted is listed', () => {
    const entry = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended());
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), fc.string(), (entries, address) => {
        const read = readAddresses(entries);
        judge('wall', address, entries);
        if (!('addresses' in read)) return;
        for (const one of read.addresses)
          if (!one.includes('/')) expect(judge('wall', one, entries)).toBe('fine');
      }),
    );
  });
});

test('only a wall without this computer keeps this computer out', () => {
  expect(keepsOutThisComputer({ mode: 'wall', addresses })).toBe(true);
  expect(keepsOutThisComputer({ mode: 'wall', addresses: [...addresses, '127.0.0.1'] })).toBe(false);
  expect(keepsOutThisComputer({ mode: 'hint', addresses })).toBe(false);
});
