import { expect, test } from 'vitest';
import { isProven, proofStations } from '../../../renderer/tunnel/proof-stations.ts';
import { fakeTunnel } from '../fake-reach.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const proof = fakeTunnel(now).proof;

test('a proven way has every station lit', () => {
  expect(proofStations(fakeTunnel(now))).toEqual({
    tunnel: 'lit',
    address: 'lit',
    proof: 'lit',
    finding: null,
  });
});

test('a call that came back before this tunnel came up proves nothing', () => {
  const restarted = fakeTunnel(now, { since: now - 10_000 });
  expect(isProven(restarted)).toBe(false);
  expect(proofStations(restarted).proof).toBe('waiting');
});

test('one miss is shown at once, with what was found', () => {
  const missed = fakeTunnel(now, { proof: { ...proof, misses: 1, finding: 'timeout' } });
  expect(proofStations(missed)).toEqual({
    tunnel: 'lit',
    address: 'lit',
    proof: 'failed',
    finding: 'timeout',
  });
});

test('while it starts everything waits; trouble fails the tunnel, not the proof', () => {
  expect(proofStations(fakeTunnel(now, { state: 'starting', publicUrl: null })).tunnel).toBe('waiting');
  const trouble = { code: 'login-refused', detail: null } as const;
  for (const state of ['starting', 'down'] as const) {
    expect(proofStations(fakeTunnel(now, { state, trouble }))).toEqual({
      tunnel: 'failed',
      address: 'waiting',
      proof: 'waiting',
      finding: null,
    });
  }
});
