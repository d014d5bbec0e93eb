// What the programs print and what it means, line by line.
import { describe, expect, test } from 'vitest';
import {
  cloudflaredTrouble,
  metricsAddress,
  quickUrl,
  quickUrlOfHost,
  readyConnections,
} from '../../../main/tunnel/cloudflared-words.ts';
import {
  announcedUrl,
  ownHostArguments,
  ownHostUrl,
  publicServiceArguments,
  sshTrouble,
  type SshPlan,
} from '../../../main/tunnel/ssh-command.ts';

const plan: SshPlan & { host: string } = {
  kind: 'ssh',
  service: 'own-host',
  user: 'pager',
  host: 'gate.example.test',
  port: 2222,
  identityFile: '/home/a/.ssh/key',
  hostKey: 'ssh-ed25519 AAAA',
  remotePort: 9797,
  publicUrl: null,
};
const facts = { port: 9797, knownHosts: '/data/known', aliveSeconds: 10 };
const forwardOf = (changes: Partial<SshPlan & { host: string }>): string | undefined => {
  const args = ownHostArguments({ ...plan, ...changes }, facts);
  return args[args.indexOf('-R') + 1];
};

describe('ssh', () => {
  test('is told everything; what is in the files of the user does not count, and the host comes last', () => {
    const args = ownHostArguments(plan, facts);
    expect(args.slice(-2)).toEqual(['--', 'gate.example.test']);
    expect(args.slice(args.indexOf('-F'), args.indexOf('-F') + 2)).toEqual(['-F', 'none']);
    for (const option of ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'UpdateHostKeys=no']) {
      expect(args).toContain(option);
    }
  });

  test('opens the far port to everybody only where that port is the public address', () => {
    expect(forwardOf({})).toBe('0.0.0.0:9797:127.0.0.1:9797');
    expect(forwardOf({ host: '2001:db8::7' })).toBe('[::]:9797:127.0.0.1:9797');
    expect(forwardOf({ publicUrl: 'http://gate.example.test:9797' })).toBe('0.0.0.0:9797:127.0.0.1:9797');
    const plain = { publicUrl: 'http://gate.example.test', remotePort: 80 };
    expect(forwardOf(plain)).toBe('0.0.0.0:80:127.0.0.1:9797');
    expect(forwardOf({ publicUrl: 'https://gate.example.test' })).toBe('127.0.0.1:9797:127.0.0.1:9797');
  });

  test('leads to the address of the plan, or to the far port itself', () => {
    expect(ownHostUrl(plan)).toBe('http://gate.example.test:9797');
    expect(ownHostUrl({ ...plan, host: '2001:db8::7' })).toBe('http://[2001:db8::7]:9797');
    expect(ownHostUrl({ ...plan, publicUrl: 'https://a.example.test/in' })).toBe('https://a.example.test/in');
  });

  test('shows a public service none of our keys', () => {
    const args = publicServiceArguments({ user: 'nokey', host: 'localhost.run', port: 22 }, facts);
    expect(args).toEqual(expect.arrayContaining(['IdentityAgent=none', 'IdentityFile=none']));
    expect(args).not.toContain('-N');
  });

  test.each([
    [['root@h: Permission denied (publickey,password).'], 'login-refused', false],
    [['Received disconnect from 192.0.2.1: 2: Too many authentication failures'], 'login-refused', false],
    [['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @', 'x'], 'host-key-changed', false],
    [['Error: remote port forwarding failed for listen port 9797'], 'port-refused', true],
    [['ssh: Could not resolve hostname h: Name or service not known'], 'host-unreachable', true],
    [['ssh: connect to host h port 22: Operation timed out'], 'host-unreachable', true],
    [['kex_exchange_identification: Connection closed by remote host'], 'host-unreachable', true],
    [['Bad configuration option: x'], 'failed', true],
    [[], 'failed', true],
  ] as const)('that says %j before it was up means %s', (lines, code, retry) => {
    expect(sshTrouble(lines, false)).toMatchObject({ code, retry });
    expect(sshTrouble(lines, true)).toMatchObject({ code: 'lost', retry: true });
  });

  test.each([
    ['a1b2.lhr.life tunneled with tls termination, https://a1b2.lhr.life', 'https://a1b2.lhr.life'],
    [
      'a1b2.localhost.run tunneled with tls termination, https://a1b2.localhost.run',
      'https://a1b2.localhost.run',
    ],
    ['To set up custom domains go to https://admin.localhost.run/', null],
    ['a1b2.lhr.life tunneled with tls termination, https://evil.example.test', null],
    ['a1b2.lhr.life tunneled with tls termination, https://a1b2.lhr.life@evil.test', null],
    ['-x.. tunneled with tls termination, https://-x..', null],
  ])('of the line %s takes the address %s', (line, url) => {
    expect(announcedUrl(line)).toBe(url);
  });
});

describe('cloudflared', () => {
  test.each([
    [
      '2026-08-20T10:00:00Z INF |  https://calm-red-fox.trycloudflare.com            |',
      'https://calm-red-fox.trycloudflare.com',
    ],
    ['failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": EOF', null],
    ['INF |  https://api.trycloudflare.com  |', null],
    ['INF |  https://calm-red-fox.trycloudflare.com.evil.test  |', null],
  ])('of the line %s takes the address %s', (line, url) => {
    expect(quickUrl(line)).toBe(url);
  });

  test('is asked on the loopback address only', () => {
    expect(metricsAddress('INF Starting metrics server on 127.0.0.1:38471/metrics')).toBe('127.0.0.1:38471');
    expect(metricsAddress('INF Starting metrics server on [::]:36500/metrics')).toBeNull();
    expect(metricsAddress('INF Starting metrics server on 127.0.0.1:1@evil.test/metrics')).toBeNull();
  });

  test('answers with a host and with connections, or with neither', () => {
    expect(quickUrlOfHost('{"hostname":"a-b.trycloudflare.com"}')).toBe('https://a-b.trycloudflare.com');
    expect(quickUrlOfHost('{"hostname":"evil.test/.trycloudflare.com"}')).toBeNull();
    expect(readyConnections('{"status":200,"readyConnections":4,"connectorId":"x"}')).toBe(4);
    expect(readyConnections('404 page not found')).toBeNull();
  });

  test('is unreachable when the network is to blame, and its token is in no detail', () => {
    const lines = [
      '2026 INF start',
      '2026 ERR token abc error="dial tcp 198.51.100.7:7844: i/o timeout"',
      '2026 INF Retrying',
    ];
    expect(cloudflaredTrouble(lines, ['abc'], 'never-up')).toEqual({
      code: 'host-unreachable',
      detail: '2026 ERR token … error="dial tcp 198.51.100.7:7844: i/o timeout"',
      retry: true,
    });
    expect(cloudflaredTrouble(['2026 INF start'], [], 'never-up').code).toBe('no-address');
    expect(cloudflaredTrouble(['2026 INF start'], [], 'before-up').code).toBe('failed');
    expect(cloudflaredTrouble(lines, ['abc'], 'after-up').code).toBe('lost');
  });
});
