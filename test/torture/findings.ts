// What a round has to report: figures for the table, and promises that were broken.

/** One row of the table. */
export interface Figure {
  readonly what: string;
  readonly value: string | number;
  /** The promise it belongs to, in words; null for a plain figure. */
  readonly promise: string | null;
  readonly kept: boolean;
}

export interface Findings {
  readonly round: string;
  readonly figures: readonly Figure[];
  /** Details of what was broken, a few sentences. */
  readonly breaches: readonly string[];
}

export function figure(what: string, value: string | number): Figure {
  return { what, value, promise: null, kept: true };
}

/** A figure that must be so. */
export function promised(what: string, value: string | number, promise: string, kept: boolean): Figure {
  return { what, value, promise, kept };
}

/** One table for all rounds, as GitHub draws it, so that it can be pasted into the README. */
export function tableOf(all: readonly Findings[]): string {
  const rows = all.flatMap(({ round, figures }) =>
    figures.map(({ what, value, promise, kept }, index) => [
      index === 0 ? round : '',
      what,
      String(value),
      promise === null ? '' : `${promise}${kept ? '' : ': BROKEN'}`,
    ]),
  );
  const table = [['round', 'figure', 'found', 'promised'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

/** Progress, for the person who waits. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
