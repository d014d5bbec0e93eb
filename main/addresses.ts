// Which address belongs to which source: who may come in by it, and what is shown of it.
import { curlLine } from '../shared/try-it.ts';
import type { SourceId } from '../shared/alert.ts';
import { isSecret } from './settings/secrets.ts';
import type { SourceRecord, SourceStore } from './settings/source-store.ts';
import { senderOf } from './sources/catalogue.ts';
import type { HookSource } from './webhook/hook-route.ts';
import type { TestTarget } from './webhook/test-alert.ts';

export class Addresses {
  readonly #sources: SourceStore;
  readonly #base: () => string;

  /** `base`: where the listener is, e.g. `http://127.0.0.1:9797`. */
  constructor(sources: SourceStore, base: () => string) {
    this.#sources = sources;
    this.#base = base;
  }

  /** The local address, secret included. */
  local(id: SourceId, secret: string): string {
    return `${this.#base()}/hooks/${id}/${secret}`;
  }

  /** The newest source whose address can be shown. */
  newest(): { readonly source: SourceRecord; readonly url: string } | null {
    for (const source of this.#sources.list().toReversed()) {
      const secret = this.#sources.secret(source.id);
      if (secret !== null) return { source, url: this.local(source.id, secret) };
    }
    return null;
  }

  /** The newest source's address and a command that acts as its sender. */
  tryIt(): { readonly url: string; readonly curl: string } | null {
    const newest = this.newest();
    if (newest === null) return null;
    const curl = curlLine(newest.source.kind, 'firing', newest.url);
    return curl === null ? null : { url: newest.url, curl };
  }

  /** Takes the same time for an unknown source and a wrong secret. */
  admit(id: string, secret: string): HookSource | null {
    const source = this.#sources.get(id);
    const isRight = isSecret(secret, source?.secretHash ?? null);
    const sender = source === null ? null : senderOf(source.kind);
    if (!isRight || source === null || sender === null) return null;
    return {
      id: source.id,
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

  /** Where a test alert goes; the newest source when none is named. */
  testTarget(id: SourceId | null): TestTarget | null {
    const source = id === null ? (this.newest()?.source ?? null) : this.#sources.get(id);
    const sender = source === null ? null : senderOf(source.kind);
    const secret = source === null ? null : this.#sources.secret(source.id);
    if (source === null || sender === null || secret === null) return null;
    return {
      sender,
      paused: source.paused,
      priorityMap: source.priorityMap,
      url: this.local(source.id, secret),
    };
  }
}
