import { expect, test } from 'vitest';
import { type DiagnosticFacts, diagnosticsText, masked } from '../../../main/system/diagnostics.ts';
import { newSecret } from '../../../main/settings/secrets.ts';
import type { Delivery } from '../../../shared/alert.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';

const at = Date.UTC(2026, 10, 21, 3, 0, 0);

function facts(changes: Partial<DiagnosticFacts> = {}): DiagnosticFacts {
  return {
    at,
    runningMs: 61_000,
    node: '24.1.0',
    health: {
      version: '0.2.0',
      hearing: { state: 'deaf', causes: [{ code: 'port-taken', message: 'words' }] },
      listener: { port: 9797 },
      tunnel: {
        kind: 'ssh',
        state: 'up',
        publicUrl: 'https://hooks.example.com/abc',
        since: at,
        trouble: null,
        nextTryAt: null,
        proof: { reachedAt: at, roundTripMs: 12, misses: 0, finding: 'reached', detail: null, nextAt: null },
        formerUrls: [],
      },
      onCall: null,
      counts: { open: { critical: 2, medium: 1, low: 0 }, acknowledged: 3, snoozed: 4 },
      notifications: { state: 'failing', error: 'refused by me@example.com', since: at - 1000 },
      quiet: { reason: 'quiet-for-now', until: at + 1000 },
      revision: 7,
      notices: [],
    },
    desktop: {
      platform: 'linux',
      system: 'Debian GNU/Linux 12',
      session: 'KDE wayland',
      trayHost: 'missing',
      notificationServer: 'Plasma 5.27',
      notificationCapabilities: ['actions', 'x-canonical-private-synchronous'],
      startAtLogin: { state: 'elsewhere', program: '/home/person/tocsin' },
      versions: { electron: '45.4.1', chromium: '150.0', node: '24.1.0' },
    },
    sources: [],
    deliveries: [],
    settings: defaultSettings,
    ...changes,
  };
}

const delivery = (number: number): Delivery => ({
  id: `D${number}`,
  sourceId: 'cm-gone',
  receivedAt: at - number * 1000,
  method: 'POST',
  contentType: 'text/plain',
  remoteAddress: '203.0.113.9',
  bytes: 100 + number,
  bodyRemoved: false,
  verdict: 'not-understood',
  reason: 'no-alert-name-rule-or-metric, personal-data-removed',
  alertIds: [],
});

test('everything that explains a silence is there', () => {
  const text = diagnosticsText(
    facts({ settings: { ...defaultSettings, sounds: false }, deliveries: [delivery(1)] }),
  );
  for (const line of [
    'Tocsin 0.2.0 diagnostics, 2026-11-21T03:00:00.000Z',
    'system: Debian GNU/Linux 12',
    'session: KDE wayland',
    'electron: 45.4.1, chromium: 150.0, node: 24.1.0',
    'tray host: missing',
    'notification server: Plasma 5.27',
    'notification capabilities: actions, x-canonical-private-synchronous',
    'start at login: elsewhere',
    'hearing: deaf',
    'causes: port-taken',
    'listener: 127.0.0.1:9797',
    'tunnel: ssh, up, public address known',
    'notifications: failing since 2026-11-21T02:59:59.000Z',
    'notification error: refused by <e-mail>',
    'quiet: quiet-for-now until 2026-11-21T03:00:01.000Z',
    'open: 2 critical, 1 medium, 0 low',
    '* sounds: false',
    '  volume: 70',
    '2026-11-21T02:59:59.000Z | removed source | 101 bytes | not-understood | no-alert-name-rule-or-metric, personal-data-removed',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('every setting is listed', () => {
  const text = diagnosticsText(facts());
  for (const name of Object.keys(defaultSettings)) expect(text).toContain(`${name}: `);
});

test('twenty deliveries, not more', () => {
  const text = diagnosticsText(facts({ deliveries: Array.from({ length: 30 }, (_, n) => delivery(n)) }));
  expect(text.match(/bytes/g)).toHaveLength(20);
});

test.each([
  ['an address', 'see https://a.example/hooks/cm-1/abc?token=x now', 'see <address> now'],
  ['a path with a secret', 'POST /hooks/cm-abc/def failed', 'POST <address> failed'],
  ['an e-mail', 'from jane.doe+x@corp.example', 'from <e-mail>'],
  ['an IP address', 'peer 203.0.113.9:80', 'peer <ip>:80'],
  [
    'a home folder',
    'no /home/jane/x and C:\\Users\\jane\\x',
    'no /home/<person>/x and C:\\Users\\<person>\\x',
  ],
  ['lines that would forge other lines', 'a\nhearing: hearing', 'a hearing: hearing'],
])('%s is masked', (_what, text, safe) => {
  expect(masked(text)).toBe(safe);
});

test('no secret that we make gets through the mask', () => {
  for (let n = 0; n < 200; n += 1) {
    const secret = newSecret(n % 2 === 0 ? 'cloudmonitor' : 'universal');
    expect(masked(`x ${secret} y`)).toBe('x <masked> y');
  }
});

test('of the running app: no secret, no address, no name, no text of an alert', async () => {
  const app = await TestApp.start();
  try {
    const source = await app.addSource('Payroll of ACME');
    await fetch(source.localUrl, callback({ name: 'ledger-database-burns' }));
    await fetch(source.localUrl, { method: 'POST', body: 'gibberish-of-acme' });
    const { text } = await app.call('diagnostics', {});
    expect(text).toContain('cloudmonitor');
    expect(text).toContain('| opened |');
    expect(text).toContain('| not-understood |');
    for (const telling of [
      source.secret,
      source.id,
      'ACME',
      'acme',
      'ledger-database-burns',
      '/hooks/',
      app.dataDir,
    ]) {
      expect(text).not.toContain(telling);
    }
  } finally {
    await app.close();
  }
});
