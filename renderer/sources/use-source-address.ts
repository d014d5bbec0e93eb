import { useEffect, useState } from 'react';
import type { Source, SourceWithAddress } from '../../shared/source.ts';
import { ask } from '../bridge.ts';

/** A source's address with its secret; null until it is there. Asked again when either may have changed. */
export function useSourceAddress(source: Source, publicUrl: string | null): SourceWithAddress | null {
  const { id } = source;
  const rotation = source.oldSecret?.until ?? null;
  const [address, setAddress] = useState<SourceWithAddress | null>(null);
  // `publicUrl` and `rotation` say when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void ask('sourceAddress', { id }).then((reply) => {
      if (!isStale && reply.ok) setAddress(reply.result);
    });
    return () => {
      isStale = true;
    };
  }, [id, publicUrl, rotation]);
  return address?.id === id ? address : null;
}
