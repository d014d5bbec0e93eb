/** The number in a port field, or null when it is none. */
export function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return port <= 65_535 ? port : null;
}
