// Says what the stand-in for cloudflared (the executable beside this file) is to do.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface CloudflaredWish {
  readonly start: 'take' | 'bad-token' | 'unauthorized' | 'unreachable' | 'stubborn';
  /** To the edge. */
  readonly connections: number;
  /** Of a quick tunnel. */
  readonly host: string;
  readonly isHostPrinted: boolean;
}

export class CloudflaredStandIn {
  readonly program = path.join(import.meta.dirname, 'cloudflared');
  readonly folder = mkdtempSync(path.join(tmpdir(), 'toc-cf-'));
  readonly #file = path.join(this.folder, 'wish.json');
  #wish: CloudflaredWish = {
    start: 'take',
    connections: 4,
    host: 'calm-red-fox.trycloudflare.com',
    isHostPrinted: true,
  };

  constructor() {
    this.wish({});
    process.env['CLOUDFLARED_STAND_IN'] = this.#file;
  }

  /** Counts from the next question on. */
  wish(changes: Partial<CloudflaredWish>): void {
    this.#wish = { ...this.#wish, ...changes };
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#wish));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** How it was started the last time. */
  get seen(): { readonly args: readonly string[]; readonly pid: number; readonly token: string | null } {
    return JSON.parse(readFileSync(`${this.#file}.seen`, 'utf8')) as CloudflaredStandIn['seen'];
  }

  remove(): void {
    delete process.env['CLOUDFLARED_STAND_IN'];
    rmSync(this.folder, { recursive: true });
  }
}
