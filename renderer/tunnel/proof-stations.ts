// How far the way in has come: tunnel up, public address known, our own call back. Pure.
import type { ProbeFinding, TunnelStatus } from '../../shared/tunnel.ts';

type StationState = 'waiting' | 'lit' | 'failed';

export interface ProofStations {
  readonly tunnel: StationState;
  readonly address: StationState;
  readonly proof: StationState;
  /** What the newest call found, when it is that which failed. */
  readonly finding: ProbeFinding | null;
}

/** A call counts only when it came back after the tunnel came up: an older one proves another way. */
export function isProven({ state, since, publicUrl, proof }: TunnelStatus): boolean {
  return (
    state === 'up' &&
    publicUrl !== null &&
    proof.reachedAt !== null &&
    proof.reachedAt >= since &&
    proof.misses === 0
  );
}

export function proofStations(status: TunnelStatus): ProofStations {
  const { state, publicUrl, trouble, proof } = status;
  if (state !== 'up') {
    const hasFailed = state === 'down' || trouble !== null;
    return { tunnel: hasFailed ? 'failed' : 'waiting', address: 'waiting', proof: 'waiting', finding: null };
  }
  if (publicUrl === null) return { tunnel: 'lit', address: 'waiting', proof: 'waiting', finding: null };
  if (isProven(status)) return { tunnel: 'lit', address: 'lit', proof: 'lit', finding: null };
  const hasMissed = proof.misses > 0;
  return {
    tunnel: 'lit',
    address: 'lit',
    proof: hasMissed ? 'failed' : 'waiting',
    finding: hasMissed ? proof.finding : null,
  };
}
