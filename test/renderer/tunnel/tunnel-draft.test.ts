import { describe, expect, test } from 'vitest';
import Value from 'typebox/value';
import {
  draftOf,
  isReadable,
  problemsOf,
  setTunnelArgument,
  tidyAddress,
  type TunnelDraft,
  ways,
} from '../../../renderer/tunnel/tunnel-draft.ts';
import { SetTunnel, type TunnelPlan, type TunnelView } from '../../../shared/tunnel.ts';

function viewOf(plan: TunnelPlan, secret: TunnelView['secret'] = 'none'): TunnelView {
  return { plan, secret, programs: { ssh: null, cloudflared: null }, status: null };
}
const none = viewOf({ kind: 'none' });
const fresh = draftOf({ kind: 'none' });
const draft = (changes: Partial<TunnelDraft>): TunnelDraft => ({ ...fresh, ...changes });
const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4m';

describe('a way in that is filled in', () => {
  test('is handed over as the app takes it, whatever the way', () => {
    const filled = {
      secret: ' token ',
      domain: 'https://name.ngrok-free.app/',
      host: 'bastion.example.com',
      hostKey,
      publicUrl: 'alerts.example.com/',
    };
    for (const way of ways) {
      const argument = setTunnelArgument(draft({ ...filled, way }), none);
      expect(argument, way).not.toBeNull();
      expect(Value.Check(SetTunnel, argument), way).toBe(true);
    }
    expect(setTunnelArgument(draft({ ...filled, way: 'ngrok' }), none)).toEqual({
      plan: { kind: 'ngrok', domain: 'name.ngrok-free.app' },
      secret: 'token',
    });
  });

  test('comes back the same when nothing is touched', () => {
    const plans: readonly TunnelPlan[] = [
      { kind: 'none' },
      { kind: 'ngrok', domain: null },
      { kind: 'cloudflared', mode: 'named', publicUrl: 'https://a.example.com' },
      { kind: 'own-address', publicUrl: 'https://a.example.com/tocsin' },
      {
        kind: 'ssh',
        service: 'own-host',
        user: 'me',
        host: 'b.example.com',
        port: 2222,
        identityFile: '/home/me/.ssh/key',
        hostKey,
        remotePort: 8080,
        publicUrl: null,
      },
    ];
    for (const plan of plans) {
      expect(setTunnelArgument(draftOf(plan), viewOf(plan, 'keyring'))?.plan).toEqual(plan);
    }
  });

  test('names each field that is missing or wrong', () => {
    expect(problemsOf(draft({ way: 'ngrok', domain: 'two words' }), none)).toEqual({
      secret: 'missing',
      domain: 'wrong-host',
    });
    expect(
      problemsOf(
        draft({ way: 'ssh', host: '-oProxyCommand=x', user: '-l', sshPort: '0', remotePort: 'x' }),
        none,
      ),
    ).toEqual({
      host: 'wrong-host',
      user: 'wrong-user',
      sshPort: 'wrong-port',
      remotePort: 'wrong-port',
      hostKey: 'no-host-key',
    });
    expect(problemsOf(draft({ way: 'own-address', publicUrl: 'https://user@host' }), none)).toEqual({
      publicUrl: 'wrong-address',
    });
    expect(problemsOf(draft({ way: 'cloudflared', mode: 'quick' }), none)).toEqual({});
  });
});

describe('the secret', () => {
  const ngrok = viewOf({ kind: 'ngrok', domain: null }, 'file');

  test('that is kept stays when the field is left empty', () => {
    expect(setTunnelArgument(draftOf(ngrok.plan), ngrok)).toEqual({ plan: { kind: 'ngrok', domain: null } });
  });

  test('of one way is never taken for that of another', () => {
    const other = draft({ way: 'cloudflared', publicUrl: 'https://a.example.com' });
    expect(problemsOf(other, ngrok)).toEqual({ secret: 'missing' });
  });

  test('is forgotten with a way that uses none', () => {
    expect(setTunnelArgument(draft({ way: 'none' }), ngrok)).toEqual({
      plan: { kind: 'none' },
      secret: null,
    });
  });
});

describe('an address as people paste it', () => {
  test('loses a slash at the end and the path of a source, and gets https', () => {
    expect(tidyAddress(' alerts.example.com/ ')).toBe('https://alerts.example.com');
    expect(tidyAddress('https://alerts.example.com/hooks/cm-main/0123abcd')).toBe(
      'https://alerts.example.com',
    );
    expect(tidyAddress('http://10.0.0.1:9797')).toBe('http://10.0.0.1:9797');
  });

  test('is called readable when it is not encrypted beyond the own network', () => {
    for (const address of ['http://alerts.example.com', 'http://10.example.com', 'http://172.32.0.1']) {
      expect(isReadable(address), address).toBe(true);
    }
    for (const address of [
      'alerts.example.com',
      'http://127.0.0.1:9797',
      'http://192.168.1.4',
      'http://172.20.0.1',
      'http://[::1]:80',
      '',
      'http://',
    ]) {
      expect(isReadable(address), address).toBe(false);
    }
  });
});
