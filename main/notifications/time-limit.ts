/** The work took longer than it may; it still goes on. */
export class LimitPassed extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'LimitPassed';
  }
}

/** Rejects with `LimitPassed` and `sentence` when `work` has not settled after `limitMs`; the work itself goes on. */
export async function within<Result>(
  limitMs: number,
  sentence: string,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LimitPassed(sentence)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
