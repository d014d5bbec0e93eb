// Which changes of a source's rules make sense. Pure; what is refused carries a code for programs and a sentence.
import type { PriorityMap } from '../../shared/priority.ts';
import type { ForwardedHeader } from '../../shared/settings.ts';
import type { AllowList, Source, SourceChanges } from '../../shared/source.ts';
import type { RefusalText } from '../../shared/text/refusal-text.ts';
import { keepsOutThisComputer, readAddresses } from './allow-list.ts';

/** `would-lock-out`: nobody could deliver any more. */
export interface Refusal {
  readonly code: 'bad-argument' | 'would-lock-out';
  readonly message: string;
}

/** The changes as they are stored, or why not. */
export type Checked =
  | { readonly kind: 'fine'; readonly changes: SourceChanges }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** itoc360 and CloudMonitor together know a dozen level words. */
export const mostWords = 100;

/** Level words become upper case, as sources report them; addresses lose their spaces. */
export function checkSourceChanges(
  changes: SourceChanges,
  forwardedHeader: ForwardedHeader,
  text: RefusalText,
): Checked {
  let checked = changes;
  if (changes.priorityMap !== undefined) {
    const map = readMap(changes.priorityMap, text);
    if (typeof map === 'string') return refused('bad-argument', map);
    checked = { ...checked, priorityMap: map };
  }
  if (changes.allowList !== undefined) {
    const { mode } = changes.allowList;
    const read = readAddresses(changes.allowList.addresses);
    if ('wrong' in read) return refused('bad-argument', text.notAnAddress(read.wrong));
    const allowList: AllowList = { mode, addresses: read.addresses };
    if (mode === 'wall' && read.addresses.length === 0) return refused('would-lock-out', text.emptyWall);
    if (forwardedHeader === 'none' && keepsOutThisComputer(allowList))
      return refused('would-lock-out', text.wallWithoutHeader);
    checked = { ...checked, allowList };
  }
  return { kind: 'fine', changes: checked };
}

/** A wall needs to be told who calls. Null when the header may be this one. */
export function checkForwardedHeader(
  header: ForwardedHeader,
  sources: readonly Pick<Source, 'name' | 'allowList'>[],
  text: RefusalText,
): Refusal | null {
  if (header !== 'none') return null;
  const walled = sources.find(({ allowList }) => keepsOutThisComputer(allowList));
  return walled === undefined ? null : { code: 'would-lock-out', message: text.headerOfWall(walled.name) };
}

function refused(code: Refusal['code'], message: string): Checked {
  return { kind: 'refused', refusal: { code, message } };
}

/** The map with its words in upper case, or the sentence why not. */
function readMap(given: PriorityMap, text: RefusalText): PriorityMap | string {
  const words = Object.keys(given).map((word) => word.trim().toUpperCase());
  if (words.length > mostWords) return text.tooManyWords(mostWords);
  if (words.includes('')) return text.emptyWord;
  const twice = words.find((word, index) => words.indexOf(word) !== index);
  if (twice !== undefined) return text.wordTwice(twice);
  return Object.fromEntries(Object.values(given).map((priority, index) => [words[index], priority]));
}
