import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/** JSON lines to `write`. Secrets never come here: no URL, header or body is ever logged; redaction is the second fence. */
export function createLog(write: (line: string) => void): Logger {
  return pino(
    {
      base: null,
      redact: ['secret', '*.secret', 'url', '*.url', 'localUrl', '*.localUrl', 'body', '*.body'],
    },
    { write },
  );
}
