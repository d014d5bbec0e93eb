import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import { headerOf, senderAddress, unreadableAddress } from '../../../main/webhook/sender-address.ts';
import type { ForwardedHeader } from '../../../shared/settings.ts';

const from = (headers: Record<string, string>, trusted: ForwardedHeader, socket = '127.0.0.1') =>
  senderAddress(socket, headers, trusted);
const every = { 'x-forwarded-for': '192.0.2.1', 'x-real-ip': '192.0.2.2', 'cf-connecting-ip': '192.0.2.3' };

test('only the header that was chosen is believed', () => {
  expect(from(every, 'none')).toBeNull();
  expect(from(every, 'x-forwarded-for')).toBe('192.0.2.1');
  expect(from(every, 'x-real-ip')).toBe('192.0.2.2');
  expect(from(every, 'cf-connecting-ip')).toBe('192.0.2.3');
});

test('of a chain only the last one is believed, the one that the nearest proxy has appended', () => {
  expect(from({ 'x-forwarded-for': '127.0.0.1, 198.51.100.9,  192.0.2.1 ' }, 'x-forwarded-for')).toBe(
    '192.0.2.1',
  );
  fc.assert(
    fc.property(fc.string(), fc.ipV4(), (claimed, real) => {
      expect(from({ 'x-forwarded-for': `${claimed},${real}` }, 'x-forwarded-for')).toBe(real);
    }),
  );
});

test('a header that is no chain names nobody when there are two', () => {
  expect(from({ 'x-real-ip': '192.0.2.1, 192.0.2.2' }, 'x-real-ip')).toBe(unreadableAddress);
});

test('without the header it is our own proxy, or whoever is at the other end of the socket', () => {
  for (const own of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) {
    expect(from({}, 'none', own)).toBeNull();
    expect(from({}, 'x-real-ip', own)).toBeNull();
  }
  expect(from({}, 'none', '::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(from({}, 'none', '2001:db8::1')).toBe('2001:db8::1');
});

test('IPv4 written as IPv6 is IPv4', () => {
  expect(from({ 'x-real-ip': '::FFFF:192.0.2.1' }, 'x-real-ip')).toBe('192.0.2.1');
  expect(from({ 'x-real-ip': '2001:DB8::1' }, 'x-real-ip')).toBe('2001:db8::1');
});

test.each(['', ' ', 'unknown', '_hidden', '192.0.2.1:80', '[2001:db8::1]', 'fe80::1%eth0', '192.0.2.1,'])(
  '%j names nobody, and that is not our own proxy',
  (text) => {
    expect(from({ 'x-forwarded-for': text }, 'x-forwarded-for')).toBe(unreadableAddress);
  },
);

test('whatever the header says, it is an address or unreadable', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const address = from({ 'x-forwarded-for': text }, 'x-forwarded-for');
      expect(address === unreadableAddress || isIP(address ?? '') !== 0).toBe(true);
    }),
  );
});

test('a tunnel of a service names the sender in a header of its own, whatever the settings say', () => {
  for (const setting of ['none', 'x-forwarded-for', 'x-real-ip', 'cf-connecting-ip'] as const) {
    expect(headerOf('ngrok', setting)).toBe('x-forwarded-for');
    expect(headerOf('cloudflared', setting)).toBe('cf-connecting-ip');
    for (const own of ['ssh', 'own-address', 'none'] as const) expect(headerOf(own, setting)).toBe(setting);
  }
});
