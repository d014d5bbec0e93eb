// The least a script has to say, for everything that speaks no known protocol. Five fields, as JSON, as a form, or in the
// query of a GET (README, "Send from a script"):
//
//   status    firing | resolved | acknowledged | test, or a word that people use for one of them (state-word.ts)
//   title     what is wrong, in one line
//   key       what makes two messages the same problem; the title when left out
//   severity  a level word; what it means is in the priority map of the source
//   text      more about it
//
// `status` is always needed, and `title` or `key`. Every other field becomes a label. There is no time in it: the order of
// arrival decides, and the same message again is a silent repeat.
import { eventOf, type ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { type JsonObject, textOf, textsOf } from '../json-texts.ts';
import { Labels } from '../labels.ts';
import { cleanLine, cleanText } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import type { Reading } from '../source.ts';
import { readStateWord } from '../state-word.ts';

const fieldNames: ReadonlySet<string> = new Set(['status', 'title', 'key', 'severity', 'text']);
/** Words for a state that say how bad it is as well. */
const levelWords: ReadonlySet<string> = new Set(['CRITICAL', 'ERROR', 'WARNING']);

export function readScriptEvent(fields: JsonObject): Reading {
  const word = textOf(fields, 'status');
  const title = textOf(fields, 'title');
  if (word === null)
    return { kind: 'not-understood', reason: title === null ? 'unknown-shape' : 'no-status' };
  const name = textOf(fields, 'key') ?? title;
  if (name === null) return { kind: 'not-understood', reason: 'no-title' };
  const state = word.toLowerCase() === 'test' ? 'test' : readStateWord(word);
  if (state === null) return { kind: 'not-understood', reason: 'unknown-status-word' };
  const base = {
    key: keyOf('universal:1:script', [keyPart(name)]),
    episodeName: null,
    sentAt: null,
    description: describe(fields, title ?? name, state === 'firing' ? levelOf(fields, word) : null),
  };
  return { kind: 'events', events: [eventOf(state, base)], remarks: [] };
}

function levelOf(fields: JsonObject, statusWord: string): string | null {
  const severity = cleanLine(textOf(fields, 'severity') ?? '', 64).toUpperCase();
  if (severity !== '') return severity;
  const word = statusWord.toUpperCase();
  return levelWords.has(word) ? word : null;
}

function describe(fields: JsonObject, title: string, level: string | null): ProblemDescription {
  const labels = new Labels();
  for (const [name, value] of textsOf(fields)) if (!fieldNames.has(name)) labels.add(name, value, '');
  return {
    level,
    title: alertTitle(title, ''),
    text: cleanText(textOf(fields, 'text') ?? '', 2000),
    resource: '',
    value: null,
    condition: null,
    labels: labels.all(),
    links: [],
  };
}
