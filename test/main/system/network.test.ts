import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { type Interfaces, NetworkWatch, outwardAddresses } from '../../../main/system/network.ts';

const info = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  netmask: '',
  mac: '',
  internal,
  cidr: null,
  ...(address.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
});
const loopback = { lo: [info('127.0.0.1', true), info('::1', true)] };
const wifi = { ...loopback, wlan0: [info('192.0.2.7'), info('fe80::1')] };

function watching(first: Interfaces) {
  const at = { now: first as Interfaces | Error, changes: 0 };
  const watch = new NetworkWatch({
    interfaces: () => {
      if (at.now instanceof Error) throw at.now;
      return at.now;
    },
    onChange: () => {
      at.changes += 1;
    },
  });
  return { at, watch };
}

test('only what may lead out of the computer is a network', () => {
  expect(outwardAddresses(wifi)).toEqual(['wlan0 192.0.2.7']);
  for (const inside of [
    loopback,
    { ...loopback, eth0: [info('169.254.3.4'), info('fe80::1'), info('febf::2')] },
    { ...loopback, docker0: [info('172.17.0.1')], 'br-0123456789ab': [info('172.18.0.1')] },
    { ...loopback, virbr0: [info('192.168.122.1')], veth12ab: [info('10.0.0.9')] },
    { ...loopback, podman0: [info('10.88.0.1')], cni0: [info('10.42.0.1')], lxdbr0: [info('10.5.0.1')] },
    { ...loopback, vmnet8: [info('172.16.8.1')], bridge100: [info('192.168.64.1')] },
    { ...loopback, 'vEthernet (WSL (Hyper-V firewall))': [info('172.29.0.1')] },
    { ...loopback, 'vEthernet (Default Switch)': [info('172.30.0.1')] },
  ])
    expect(outwardAddresses(inside)).toEqual([]);
  for (const name of [
    'br0',
    'tun0',
    'wwan0',
    'br-lan',
    'en0',
    'utun3',
    'bridge0',
    'Ethernet 2',
    'vEthernet (LAN)',
  ])
    expect(outwardAddresses({ [name]: [info('2001:db8::7')] })).toEqual([`${name} 2001:db8::7`]);
});

test('another network is told once, the loss of it too, and no network is known as such', () => {
  const { at, watch } = watching(wifi);
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([true, 0]);
  at.now = { ...loopback, wlan0: [info('198.51.100.9')] };
  watch.tick();
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([true, 1]);
  at.now = loopback;
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([false, 2]);
});

test('the order of interfaces, and containers that come and go, are no other network', () => {
  const { at, watch } = watching({ a: [info('192.0.2.1')], b: [info('192.0.2.2')] });
  at.now = { b: [info('192.0.2.2')], a: [info('192.0.2.1')], veth9f: [info('172.17.0.2')] };
  watch.tick();
  expect(at.changes).toBe(0);
});

test('a system that does not say is neither without a network nor on another one', () => {
  const { at, watch } = watching(wifi);
  at.now = new Error('A system error occurred: uv_interface_addresses returned Unknown system error 13');
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([null, 0]);
  at.now = wifi;
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([true, 0]);
  at.now = new Error('once more');
  watch.tick();
  at.now = loopback;
  watch.tick();
  expect([watch.hasNetwork, at.changes]).toEqual([false, 1]);
});

test('this machine can be asked', () => {
  expect(() => outwardAddresses(networkInterfaces())).not.toThrow();
});
