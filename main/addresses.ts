// Which address belongs to which source: who may come in by it, and what is shown of it.
import { curlLine } from '../shared/try-it.ts';
import type { SourceId } from '../shared/alert.ts';
import type { AllowList } from '../shared/source.ts';
import type { TestObstacle } from '../shared/text/refusal-text.ts';
import { type AddressRule, addressRule, judgeAddress, keepsOutThisComputer } from './settings/allow-list.ts';
import { hashSecret, matchSecret, type SecretHashes } from './settings/secrets.ts';
import type { SourceStore } from './settings/source-store.ts';
import type { SourceRecord } from './settings/source-table.ts';
import { senderOf } from './sources/catalogue.ts';
import type { HookSource } from './webhook/hook-route.ts';
import type { TestTarget } from './webhook/test-alert.ts';

export interface AddressesParts {
  readonly sources: Pick<SourceStore, 'list' | 'get' | 'secret'>;
  /** Where the listener is, or will be, e.g. `http://127.0.0.1:9797`. */
  readonly base: () => string;
  /** Where senders outside call; null while there is no such place. */
  readonly publicBase: () => string | null;
  /** Whether that place was proven to lead here. Elsewhere nothing is sent, for the address holds the secret. */
  readonly isProven: () => boolean;
  /** Whether that port is ours. While it is not, nothing is sent there, for the address holds the secret. */
  readonly isListening: () => boolean;
  readonly now: () => number;
}

export class Addresses {
  readonly #parts: AddressesParts;
  readonly #rules = new WeakMap<AllowList, AddressRule>();

  constructor(parts: AddressesParts) {
    this.#parts = parts;
  }

  /** The local address, secret included. */
  local(id: SourceId, secret: string): string {
    return `${this.#parts.base()}/hooks/${id}/${secret}`;
  }

  /** The address for senders outside, secret included; null while there is none. */
  public(id: SourceId, secret: string): string | null {
    const base = this.#parts.publicBase();
    return base === null ? null : `${base}/hooks/${id}/${secret}`;
  }

  /** The newest source whose address can be shown, for pasting it into a monitor. */
  newest(): { readonly source: SourceRecord; readonly url: string } | null {
    for (const source of this.#parts.sources.list().toReversed()) {
      const secret = this.#parts.sources.secret(source.id);
      if (secret === null) continue;
      return { source, url: this.public(source.id, secret) ?? this.local(source.id, secret) };
    }
    return null;
  }

  /** The newest source's address and a command that acts as its sender; null while somebody else may answer there. */
  tryIt(): { readonly url: string; readonly curl: string } | null {
    const newest = this.#parts.isListening() ? this.newest() : null;
    const secret = newest === null ? null : this.#parts.sources.secret(newest.source.id);
    if (newest === null || secret === null) return null;
    // From here it works also while the way in is not up yet.
    const url = this.local(newest.source.id, secret);
    const curl = curlLine(newest.source.kind, 'firing', url);
    return curl === null ? null : { url, curl };
  }

  /** The source if id and secret are right. Takes the same time for an unknown source and a wrong secret. */
  admit(id: string, secret: string): HookSource | null {
    const source = this.#parts.sources.get(id);
    const match = matchSecret(hashSecret(secret), source === null ? null : this.#hashesOf(source));
    return source === null || match === null ? null : this.#hookSource(source, match);
  }

  /** The universal source whose secret the key is; takes the same time whichever it is, and when it is none. */
  admitByKey(key: string): HookSource | null {
    const hash = hashSecret(key);
    const matches = this.#parts.sources
      .list()
      .filter((source) => source.kind === 'universal')
      .map((source) => ({ source, match: matchSecret(hash, this.#hashesOf(source)) }));
    for (const { source, match } of matches) if (match !== null) return this.#hookSource(source, match);
    return null;
  }

  /** What it takes to read the deliveries of a source again. */
  reader(id: SourceId): Pick<HookSource, 'paused' | 'sender' | 'origin'> | null {
    const source = this.#parts.sources.get(id);
    return source === null ? null : readerOf(source);
  }

  /** Where a test alert goes; the newest source when none is named. */
  testTarget(id: SourceId | null): TestTarget | null {
    const { sources } = this.#parts;
    const source = id === null ? (this.newest()?.source ?? null) : sources.get(id);
    const sender = source === null ? null : senderOf(source.kind);
    const secret = source === null ? null : sources.secret(source.id);
    if (source === null || sender === null || secret === null) return null;
    return {
      sender,
      obstacle: this.#obstacle(source),
      priorityMap: source.priorityMap,
      url: this.public(source.id, secret) ?? this.local(source.id, secret),
      localUrl: () => (this.#parts.isListening() ? this.local(source.id, secret) : null),
    };
  }

  #obstacle(source: SourceRecord): TestObstacle | null {
    if (source.paused) return 'source-paused';
    if (!this.#parts.isListening()) return 'not-listening';
    if (this.#parts.publicBase() !== null && !this.#parts.isProven()) return 'not-reachable';
    return keepsOutThisComputer(source.allowList) ? 'address-refused' : null;
  }

  #hashesOf({ secretHash, oldSecret }: SourceRecord): SecretHashes {
    const isOldGood = oldSecret !== null && oldSecret.until > this.#parts.now();
    return { current: secretHash, old: isOldGood ? oldSecret.hash : null };
  }

  #hookSource(source: SourceRecord, secret: HookSource['secret']): HookSource | null {
    const reader = readerOf(source);
    if (reader === null) return null;
    const judge: HookSource['judge'] = (address) => judgeAddress(this.#ruleOf(source.allowList), address);
    return { ...reader, id: source.id, secret, judge };
  }

  /** Made once for each list, not for each request. */
  #ruleOf(list: AllowList): AddressRule {
    const known = this.#rules.get(list);
    if (known !== undefined) return known;
    const rule = addressRule(list);
    this.#rules.set(list, rule);
    return rule;
  }
}

function readerOf(source: SourceRecord): Pick<HookSource, 'paused' | 'sender' | 'origin'> | null {
  const sender = senderOf(source.kind);
  if (sender === null) return null;
  return {
    paused: source.paused,
    sender,
    origin: {
      sourceId: source.id,
      sourceKind: source.kind,
      sourceName: source.name,
      priorityMap: source.priorityMap,
      noData: source.noData,
    },
  };
}
