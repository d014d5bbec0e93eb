// The rules of a source while a person edits them. Pure.
import type { PriorityMap } from '../../shared/priority.ts';
import type { AllowList, NoDataPolicy, Source, SourceChanges } from '../../shared/source.ts';

export interface RulesDraft {
  readonly name: string;
  readonly team: string;
  readonly priorityMap: PriorityMap;
  readonly noData: NoDataPolicy;
  readonly closeAfterMinutes: number | null;
  readonly expectEveryHours: number | null;
  readonly addressMode: AllowList['mode'];
  /** As typed: one address or range per line. */
  readonly addresses: string;
}

export function draftOf(source: Source): RulesDraft {
  const { name, team, priorityMap, noData, closeAfterMinutes, expectEveryHours, allowList } = source;
  return {
    name,
    team: team ?? '',
    priorityMap,
    noData,
    closeAfterMinutes,
    expectEveryHours,
    addressMode: allowList.mode,
    addresses: allowList.addresses.join('\n'),
  };
}

/** What the draft changes, and nothing else: somebody may change another rule meanwhile. Empty when it changes nothing. */
export function changesOf(source: Source, draft: RulesDraft): SourceChanges {
  const before = draftOf(source);
  const addresses = addressesOf(draft);
  const isListChanged =
    draft.addressMode !== source.allowList.mode ||
    addresses.join('\n') !== source.allowList.addresses.join('\n');
  return {
    ...(draft.name.trim() === before.name ? {} : { name: draft.name.trim() }),
    ...(draft.team.trim() === before.team ? {} : { team: draft.team.trim() || null }),
    ...(isSameMap(draft.priorityMap, before.priorityMap) ? {} : { priorityMap: draft.priorityMap }),
    ...(draft.noData === before.noData ? {} : { noData: draft.noData }),
    ...(draft.closeAfterMinutes === before.closeAfterMinutes
      ? {}
      : { closeAfterMinutes: draft.closeAfterMinutes }),
    ...(draft.expectEveryHours === before.expectEveryHours
      ? {}
      : { expectEveryHours: draft.expectEveryHours }),
    ...(isListChanged ? { allowList: { mode: draft.addressMode, addresses } } : {}),
  };
}

/** The same words with the same priorities, in whatever order. */
export function isSameMap(a: PriorityMap, b: PriorityMap): boolean {
  const words = Object.keys(a);
  return (
    words.length === Object.keys(b).length &&
    words.every((word) => Object.hasOwn(b, word) && a[word] === b[word])
  );
}

/** The map with a new word as the app keeps it; the same map when there is nothing to add. */
export function withWord(map: PriorityMap, typed: string): PriorityMap {
  const word = typed.trim().toUpperCase().slice(0, 64);
  return word === '' || Object.hasOwn(map, word) ? map : { ...map, [word]: 'medium' };
}

export function withoutWord(map: PriorityMap, word: string): PriorityMap {
  return Object.fromEntries(Object.entries(map).filter(([one]) => one !== word));
}

function addressesOf({ addresses }: RulesDraft): string[] {
  return addresses.split(/[\s,;，；]+/).filter((address) => address !== '');
}
