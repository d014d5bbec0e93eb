import { useCallback, useEffect, useState } from 'react';
import type { DesktopFacts } from '../../shared/desktop-facts.ts';
import { ask } from '../bridge.ts';

/** The desktop as it is now, and a way to look again; null until it is known. */
export function useDesktopFacts(): readonly [DesktopFacts | null, () => void] {
  const [facts, setFacts] = useState<DesktopFacts | null>(null);
  const look = useCallback(
    () =>
      void ask('desktopFacts', {}).then((reply) => {
        if (reply.ok) setFacts(reply.result);
      }),
    [],
  );
  useEffect(look, [look]);
  return [facts, look];
}
