/** The middle one; the mean of the two in the middle for an even number of them. */
export function median(values: ArrayLike<number> & Iterable<number>): number {
  return (percentile(values, 0.5, 'lower') + percentile(values, 0.5, 'upper')) / 2;
}

/** The smallest value that at least `share` of them do not exceed (nearest rank). */
export function percentile(
  values: ArrayLike<number> & Iterable<number>,
  share: number,
  side: 'lower' | 'upper' = 'lower',
): number {
  if (values.length === 0) throw new Error('There is nothing to sum up.');
  const sorted = Float64Array.from(values).toSorted();
  const rank = share * sorted.length;
  const index = side === 'lower' ? Math.ceil(rank) - 1 : Math.floor(rank);
  return sorted[Math.min(Math.max(index, 0), sorted.length - 1)] ?? 0;
}

/** To so many digits behind the point. */
export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
