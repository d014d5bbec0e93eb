/** Waits until `look` gives something other than undefined, null or false; rejects after `limitMs`. */
export async function until<Found>(
  look: () => Found | Promise<Found>,
  limitMs = 3000,
): Promise<NonNullable<Exclude<Found, false>>> {
  const end = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) {
      return found as NonNullable<Exclude<Found, false>>;
    }
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms in vain for: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
