import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askHostKeys, createProgramLookup } from '../../../main/tunnel/programs.ts';
import { CloudflaredStandIn } from '../../fakes/cloudflared-stand-in.ts';
import { freePort } from '../../fakes/free-port.ts';
import { Sshd } from '../../fakes/sshd.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'toc-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that prints this. */
function program(name: string, script: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o700);
  return file;
}

describe('programs', () => {
  test('are named with their versions; one that is not there is null', async () => {
    const standIn = new CloudflaredStandIn();
    const found = await createProgramLookup(() => 0, { ssh: 'ssh', cloudflared: standIn.program })();
    standIn.remove();
    expect(found).toEqual({ ssh: expect.stringMatching(/^OpenSSH_\d/) as string, cloudflared: '2026.8.2' });
    const none = createProgramLookup(() => 0, { ssh: 'no-such-ssh', cloudflared: '/no/such/file' });
    expect(await none()).toEqual({ ssh: null, cloudflared: null });
  });

  test('are asked again after a minute', async () => {
    let now = 0;
    const cloudflared = program('cloudflared', 'echo cloudflared version 2025.1.0');
    const look = createProgramLookup(() => now, { ssh: 'ssh', cloudflared });
    expect((await look()).cloudflared).toBe('2025.1.0');
    rmSync(cloudflared);
    now = 59_999;
    expect((await look()).cloudflared).toBe('2025.1.0');
    now = 60_000;
    expect((await look()).cloudflared).toBeNull();
  });

  test('that say something odd are there all the same', async () => {
    const cloudflared = program('cloudflared', "printf '\\033[1mhome made\\n'; exit 3");
    const look = createProgramLookup(() => 0, { ssh: 'ssh', cloudflared });
    expect((await look()).cloudflared).toBe('home made');
  });
});

describe('the keys of a host', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await Sshd.start();
  });
  afterAll(() => sshd.stop());

  test('are those it shows, with the fingerprint that ssh-keygen prints', async () => {
    const file = path.join(folder, 'key.pub');
    writeFileSync(file, `${sshd.hostKey}\n`);
    const [, fingerprint] = execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' }).split(' ');
    expect(await askHostKeys({ host: '127.0.0.1', port: sshd.port })).toEqual([
      { hostKey: sshd.hostKey, fingerprint },
    ]);
  });

  test('are none where nothing answers, and null without the program', async () => {
    expect(await askHostKeys({ host: '127.0.0.1', port: await freePort() })).toEqual([]);
    expect(await askHostKeys({ host: '127.0.0.1', port: 22 }, 'no-such-keyscan')).toBeNull();
  });

  test('are told apart from whatever else is printed, the best kind first', async () => {
    const [type = '', key = ''] = sshd.hostKey.split(' ');
    const rsa = Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.from('ssh-rsa'), Buffer.alloc(9)]).toString(
      'base64',
    );
    const keyscan = program(
      'keyscan',
      [
        '# 127.0.0.1:22 SSH-2.0-OpenSSH',
        `h ssh-rsa ${rsa}`,
        `h ${type} ${key}`,
        `h ${type} ${key}`,
        `h ${type} not*base64`,
        `h ${type} ${key}*`,
        `h ssh-rsa ${key}`,
        `h ${type} ${key} trailing`,
        'h <b>bold</b> AAAA',
      ]
        .map((line) => `echo '${line}'`)
        .join('\n'),
    );
    const found = await askHostKeys({ host: 'h', port: 22 }, keyscan);
    expect(found?.map(({ hostKey }) => hostKey)).toEqual([`${type} ${key}`, `ssh-rsa ${rsa}`]);
  });
});
