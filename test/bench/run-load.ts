import { startHere } from './child.ts';
import type { LoadOrder, LoadResult } from './load.ts';

/** Runs the load generator. Throws when a request was answered otherwise than with 200. */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const { firstLine } = startHere('load.ts', JSON.stringify(order));
  const result = (await firstLine) as LoadResult;
  if (result.answeredOtherwise > 0 || result.errors > 0) {
    throw new Error(`Not every request was answered with 200: ${JSON.stringify(result)}`);
  }
  return result;
}
