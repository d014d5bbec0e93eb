// Who may come in: any history of adding, rotating, removing and waiting against a model of three lines.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Addresses } from '../../main/addresses.ts';
import { openDatabase, type Store } from '../../main/database/open-database.ts';
import { SecretFile } from '../../main/settings/secrets.ts';
import { overlapMs, SourceStore } from '../../main/settings/source-store.ts';
import type { SourceId, SourceKind } from '../../shared/alert.ts';

const kindOf = { defaultPriorityMap: {}, knownAddresses: [] };
let folder: string;
let db: Store;
let sources: SourceStore;
let now: number;
let isListening: boolean;
let publicBase: string | null;
let isProven: boolean;
let addresses: Addresses;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-addresses-'));
  db = openDatabase(join(folder, 'tocsin.db'));
  now = 1000;
  isListening = true;
  publicBase = null;
  isProven = false;
  start();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function start(): void {
  sources = new SourceStore(db, new SecretFile(folder), now);
  addresses = new Addresses({
    sources,
    base: () => 'http://127.0.0.1:9797',
    publicBase: () => publicBase,
    isProven: () => isProven,
    isListening: () => isListening,
    now: () => now,
  });
}

function add(kind: SourceKind = 'universal'): { readonly id: SourceId; readonly secret: string } {
  const { id } = sources.add({ kind, name: 'x' }, kindOf, now);
  return { id, secret: sources.secret(id) ?? '' };
}

describe('admission', () => {
  test('accepts the current secret and the old one until its time is over, to the millisecond', () => {
    const { id, secret: old } = add();
    sources.rotateSecret(id, now);
    const secret = sources.secret(id) ?? '';
    expect(addresses.admit(id, secret)).toMatchObject({ id, secret: 'current' });
    expect(addresses.admit(id, old)).toMatchObject({ id, secret: 'old' });
    expect(addresses.admitByKey(secret)).toMatchObject({ id, secret: 'current' });
    expect(addresses.admitByKey(old)).toMatchObject({ id, secret: 'old' });
    now += overlapMs - 1;
    expect(addresses.admit(id, old)).not.toBeNull();
    now += 1;
    expect(addresses.admit(id, old)).toBeNull();
    expect(addresses.admitByKey(old)).toBeNull();
    expect(addresses.admit(id, secret)).not.toBeNull();
  });

  test('by key is for universal sources only', () => {
    const other = add('cloudmonitor');
    const universal = add();
    expect(addresses.admitByKey(other.secret)).toBeNull();
    expect(addresses.admitByKey(universal.secret)).toMatchObject({ id: universal.id });
  });

  test('never accepts anything but what is right at that moment, whatever happened before', () => {
    const doing = fc.oneof(
      fc.record({
        do: fc.constant('add' as const),
        kind: fc.constantFrom<SourceKind>('universal', 'cloudmonitor'),
      }),
      fc.record({
        do: fc.constantFrom('rotate' as const, 'remove' as const, 'use' as const),
        which: fc.nat(2),
      }),
      fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(1, overlapMs / 2, overlapMs - 1, overlapMs),
      }),
      fc.record({ do: fc.constantFrom('restart' as const, 'drop' as const) }),
    );
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 12 }), fc.string(), (steps, stranger) => {
        /** Every secret there ever was, and until when it is right. */
        const known: { id: SourceId; kind: SourceKind; secret: string; until: number }[] = [];
        const end = (id: SourceId, until: number): void => {
          for (const one of known) {
            if (one.id !== id) continue;
            one.until = one.until === Number.POSITIVE_INFINITY ? until : Math.min(one.until, now);
          }
        };
        for (const step of steps) {
          const id = 'which' in step ? (sources.list()[step.which]?.id ?? null) : null;
          if (step.do === 'add' && sources.list().length < 3) {
            known.push({ ...add(step.kind), kind: step.kind, until: Number.POSITIVE_INFINITY });
          }
          if (step.do === 'rotate' && id !== null) {
            end(id, now + overlapMs);
            const { kind } = sources.rotateSecret(id, now) ?? { kind: 'universal' };
            known.push({ id, kind, secret: sources.secret(id) ?? '', until: Number.POSITIVE_INFINITY });
          }
          if (step.do === 'remove' && id !== null) {
            end(id, now);
            sources.remove(id, now);
          }
          if (step.do === 'use' && id !== null) sources.noteOldSecret(id, now, 'somebody');
          if (step.do === 'wait') now += step.ms;
          if (step.do === 'drop') sources.dropExpired(now);
          if (step.do === 'restart') {
            sources.saveActivity();
            start();
          }
        }
        const ids = [...new Set(known.map(({ id }) => id)), 'un-nobody'];
        for (const { id, kind, secret, until } of known) {
          const isRight = until > now;
          for (const other of ids) {
            expect(addresses.admit(other, secret)?.id ?? null).toBe(isRight && other === id ? id : null);
          }
          expect(addresses.admitByKey(secret)?.id ?? null).toBe(isRight && kind === 'universal' ? id : null);
          for (const wrong of [
            `${secret}0`,
            secret.slice(1),
            secret.toUpperCase().replace(/^./, '_'),
            '',
            stranger,
          ]) {
            expect(addresses.admit(id, wrong)).toBeNull();
            expect(addresses.admitByKey(wrong)).toBeNull();
          }
        }
        for (const { id } of sources.list()) sources.remove(id, now);
      }),
      { numRuns: 60 },
    );
  });
});

describe('while another program may have the port', () => {
  beforeEach(() => {
    add('cloudmonitor');
    isListening = false;
  });

  test('no line to try is handed out and no test alert is sent', () => {
    expect(addresses.tryIt()).toBeNull();
    expect(addresses.testTarget(null)?.obstacle).toBe('not-listening');
    // Nor is one taken back, which would hand the secret over as well.
    expect(addresses.testTarget(null)?.localUrl()).toBeNull();
    isListening = true;
    expect(addresses.tryIt()?.curl).toContain('http://127.0.0.1:9797/hooks/cm-');
    expect(addresses.testTarget(null)?.obstacle).toBeNull();
  });

  test('the address can still be copied into a monitor', () => {
    expect(addresses.newest()?.url).toMatch(/^http:\/\/127\.0\.0\.1:9797\/hooks\/cm-/);
  });
});

describe('with a way in from outside', () => {
  beforeEach(() => {
    add('cloudmonitor');
    publicBase = 'https://alerts.example.test/tocsin';
    isProven = true;
  });

  test('its address is what goes into a monitor, and where a test alert enters', () => {
    expect(addresses.newest()?.url).toMatch(/^https:\/\/alerts\.example\.test\/tocsin\/hooks\/cm-/);
    expect(addresses.testTarget(null)).toMatchObject({
      obstacle: null,
      url: expect.stringMatching(/^https:\/\/alerts\./) as string,
    });
    expect(addresses.testTarget(null)?.localUrl()).toMatch(/^http:\/\/127\./);
    expect(addresses.tryIt()?.curl).toContain('http://127.0.0.1:9797/hooks/cm-');
  });

  test('no secret is sent to an address that is not proven to lead here', () => {
    isProven = false;
    expect(addresses.testTarget(null)?.obstacle).toBe('not-reachable');
  });
});

test('a test alert is not sent against a wall that keeps this computer out', () => {
  const { id } = add('cloudmonitor');
  sources.update(id, { allowList: { mode: 'wall', addresses: ['192.0.2.7'] } }, 0);
  expect(addresses.testTarget(id)?.obstacle).toBe('address-refused');
  sources.update(id, { allowList: { mode: 'wall', addresses: ['192.0.2.7', '127.0.0.1'] } }, 0);
  expect(addresses.testTarget(id)?.obstacle).toBeNull();
});
