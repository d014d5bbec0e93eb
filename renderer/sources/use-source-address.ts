import { useEffect, useState } from 'react';
import type { SourceId } from '../../shared/alert.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { ask } from '../bridge.ts';

/** A source's address with its secret; null until it is there. Asked again when the public address may have changed. */
export function useSourceAddress(id: SourceId, publicUrl: string | null): SourceWithAddress | null {
  const [address, setAddress] = useState<SourceWithAddress | null>(null);
  // `publicUrl` says when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void ask('sourceAddress', { id }).then((reply) => {
      if (!isStale && reply.ok) setAddress(reply.result);
    });
    return () => {
      isStale = true;
    };
  }, [id, publicUrl]);
  return address?.id === id ? address : null;
}
