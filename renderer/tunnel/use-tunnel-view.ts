import { useCallback, useEffect, useState } from 'react';
import type { TunnelKind, TunnelView } from '../../shared/tunnel.ts';
import { ask } from '../bridge.ts';

export interface ShownTunnel {
  /** Plan, kept secret and installed programs; null until they are known. */
  readonly view: TunnelView | null;
  /** Why they are not; empty otherwise. */
  readonly refusal: string;
  readonly set: (view: TunnelView) => void;
  readonly look: () => void;
}

/** Asked when shown, on demand, and when `kind` is another one: a script may have chosen it. */
export function useTunnelView(kind: TunnelKind): ShownTunnel {
  const [view, set] = useState<TunnelView | null>(null);
  const [refusal, setRefusal] = useState('');
  const look = useCallback(
    () =>
      void ask('getTunnel', {}).then((reply) => {
        if (reply.ok) set(reply.result);
        setRefusal(reply.ok ? '' : reply.error.message);
      }),
    [],
  );
  // `kind` says when to ask again, not what.
  useEffect(look, [look, kind]);
  return { view, refusal, set, look };
}
