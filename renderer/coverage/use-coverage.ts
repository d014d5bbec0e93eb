import { useEffect, useState } from 'react';
import type { Coverage } from '../../shared/coverage.ts';
import { ask } from '../bridge.ts';
import { useNow } from '../controls/clock.ts';

export interface ShownCoverage {
  /** Null until it is known. */
  readonly coverage: Coverage | null;
  /** Why it is not; empty otherwise. */
  readonly refusal: string;
}

/** The ledger of the last so many days, asked for when shown, every minute, and whenever `news` is another one. */
export function useCoverage(days: number, news: string): ShownCoverage {
  const [shown, setShown] = useState<ShownCoverage>({ coverage: null, refusal: '' });
  const minute = Math.floor(useNow() / 60_000);
  // `minute` and `news` say when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void ask('coverage', { days }).then((reply) => {
      if (isStale) return;
      // What was shown stays: a lost app is said by the bar above.
      setShown((before) =>
        reply.ok
          ? { coverage: reply.result, refusal: '' }
          : { coverage: before.coverage, refusal: reply.error.message },
      );
    });
    return () => {
      isStale = true;
    };
  }, [days, news, minute]);
  return shown;
}
