// What a person at a terminal needs after the start: does it hear, where, and one line to try it. Pure.
import type { Health } from '../../shared/bridge.ts';
import type { Language } from '../../shared/text/language.ts';
import { statusText } from '../../shared/text/status-text.ts';
import { terminalText } from '../../shared/text/terminal-text.ts';
import type { App } from '../app-parts.ts';

export function startLines(
  hearing: Health['hearing'],
  webhookUrl: string,
  tryIt: ReturnType<App['tryIt']>,
  language: Language,
): readonly string[] {
  const text = terminalText[language];
  const { cause, remedy } = statusText[language];
  const source = tryIt === null ? [text.noSource] : [text.source(tryIt.url), text.tryIt(tryIt.curl)];
  if (hearing.state !== 'deaf') return [text.listening(webhookUrl), ...source];
  const causes = hearing.causes.map(({ code }) => text.deaf(cause[code], remedy[code]));
  // Without a source nobody can call yet, but the listener does listen; with any other cause its address is no promise.
  const listens = hearing.causes.every(({ code }) => code === 'never-set-up');
  // While somebody else may have the port, a line to try would send the secret there.
  return listens ? [text.listening(webhookUrl), ...source] : causes;
}
