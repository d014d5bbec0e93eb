// The allow-list of a source: which text is an address or a range, and what an address means to a list. Pure.
import { BlockList, isIP } from 'node:net';
import type { AddressJudgement, AllowList } from '../../shared/source.ts';

/** A list made ready to be asked; IPv4 written as IPv6 (`::ffff:192.0.2.1`) is the same address. */
export interface AddressRule {
  readonly mode: AllowList['mode'];
  readonly isEmpty: boolean;
  readonly listed: BlockList;
}

/** An address or a range in CIDR notation. */
interface Range {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** Null for a single address. */
  readonly prefix: number | null;
}

/** Where requests come from that no proxy forwarded: this computer itself. */
const thisComputer = '127.0.0.1';

/** The entries cut free of spaces, or the first one that is no address and no range. */
export function readAddresses(
  entries: readonly string[],
): { readonly addresses: string[] } | { readonly wrong: string } {
  const addresses = entries.map((entry) => entry.trim());
  const wrong = addresses.find((entry) => readRange(entry) === null);
  return wrong === undefined ? { addresses } : { wrong };
}

/** Entries that are no addresses are on no list. */
export function addressRule({ mode, addresses }: AllowList): AddressRule {
  const listed = new BlockList();
  for (const range of addresses.map(readRange)) {
    if (range === null) continue;
    if (range.prefix === null) listed.addAddress(range.address, range.family);
    else listed.addSubnet(range.address, range.prefix, range.family);
  }
  return { mode, isEmpty: addresses.length === 0, listed };
}

/**
 * `address`: null when only this computer is known, as with a tunnel that does not name its callers. A hint has nothing to
 * say of that, and neither has an empty one of any address. A wall lets in what is on it and nobody else.
 */
export function judgeAddress(
  { mode, isEmpty, listed }: AddressRule,
  address: string | null,
): AddressJudgement {
  if (mode === 'hint' && (isEmpty || address === null)) return 'fine';
  const asked = address ?? thisComputer;
  const family = isIP(asked);
  if (family !== 0 && listed.check(asked, family === 4 ? 'ipv4' : 'ipv6')) return 'fine';
  return mode === 'wall' ? 'refused' : 'not-listed';
}

/** True for a wall that keeps out whatever this computer sends, and with it everything that a silent tunnel forwards. */
export function keepsOutThisComputer(list: AllowList): boolean {
  return judgeAddress(addressRule(list), null) === 'refused';
}

function readRange(text: string): Range | null {
  const [address = '', prefixText, ...more] = text.split('/');
  const family = isIP(address);
  // A zone (`fe80::1%eth0`) names a network card of this computer, and the list would take no notice of it.
  if (family === 0 || more.length > 0 || address.includes('%')) return null;
  if (prefixText === undefined) return { address, family: family === 4 ? 'ipv4' : 'ipv6', prefix: null };
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.POSITIVE_INFINITY;
  if (prefix > (family === 4 ? 32 : 128)) return null;
  return { address, family: family === 4 ? 'ipv4' : 'ipv6', prefix };
}
