// The sender's times. None of them is trusted further than it can be read.

/** A time as read: epoch ms, or null when unreadable. */
export interface SenderTime {
  readonly at: number | null;
  /** True for a text without an offset, which was taken for China Standard Time. */
  readonly assumedZone: boolean;
}

const unreadable: SenderTime = { at: null, assumedZone: false };
const chinaOffsetMinutes = 480;
const latest = 1e14;

/**
 * `timestamp`: milliseconds in every capture, seconds in the documentation, so the magnitude decides (1e12 and above is
 * milliseconds); also `20240912T173929.172+0800`, ISO 8601 and `2026-05-14 10:30:00` (reference 11.5).
 */
export function readSenderTime(text: string | null): SenderTime {
  if (text === null || text.length > 40) return unreadable;
  if (/^\d+(?:\.\d+)?$/.test(text)) return { at: readEpoch(Number(text)), assumedZone: false };
  const match =
    /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[-+]\d\d(?::?\d\d)?)?$/i.exec(
      text,
    );
  if (match === null) return unreadable;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  const ms = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);
  const local = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second, ms);
  const check = new Date(local);
  // Date.UTC rolls 31 February over into March; a date that does not exist was not read right.
  if (check.getUTCMonth() + 1 !== month || check.getUTCDate() !== day || check.getUTCHours() !== hour)
    return unreadable;
  const offset = match[8] === undefined ? chinaOffsetMinutes : offsetMinutes(match[8]);
  return { at: inRange(local - offset * 60_000), assumedZone: match[8] === undefined };
}

/** The time inside a `transId`, which is a UUIDv1 made when the episode began (reference 2); null when it is not one. */
export function episodeStart(transId: string | null): number | null {
  if (transId === null) return null;
  // The documentation masks the last characters, and only the first three groups hold the time.
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-1([0-9a-f]{3})-/i.exec(transId);
  if (match === null) return null;
  const high = Number.parseInt(`${match[3] ?? ''}${match[2] ?? ''}`, 16);
  const low = Number.parseInt(match[1] ?? '', 16);
  // Ticks of 100 ns since 1582-10-15; doubles are exact to some microseconds here.
  return inRange(Math.floor((high * 0x1_0000_0000 + low) / 10_000 - 12_219_292_800_000));
}

const unitMs: Readonly<Record<string, number>> = {
  天: 86_400_000,
  日: 86_400_000,
  d: 86_400_000,
  小时: 3_600_000,
  小時: 3_600_000,
  时: 3_600_000,
  時: 3_600_000,
  h: 3_600_000,
  分: 60_000,
  m: 60_000,
  秒: 1000,
  s: 1000,
};

const amounts = /(\d{1,7})\s{0,3}(天|日|小时|小時|时|時|分|秒|[dhms])/gi;

/** `lastTime`: localised text such as `14小时26分钟` or `2 minutes`, in ms; null when unreadable. */
export function readDuration(text: string | null): number | null {
  if (text === null || text.length > 64) return null;
  let total: number | null = null;
  amounts.lastIndex = 0;
  for (let match = amounts.exec(text); match !== null; match = amounts.exec(text)) {
    total = (total ?? 0) + Number(match[1]) * (unitMs[(match[2] ?? '').toLowerCase()] ?? 0);
  }
  return total;
}

/** `4 min`, `3 h 36 min`, `2 d 4 h`: two units at most. */
export function formatDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return withRest(`${days} d`, hours % 24, 'h');
  return hours > 0 ? withRest(`${hours} h`, minutes % 60, 'min') : `${minutes} min`;
}

function withRest(whole: string, rest: number, unit: string): string {
  return rest === 0 ? whole : `${whole} ${rest} ${unit}`;
}

function readEpoch(number: number): number | null {
  return inRange(Math.floor(number >= 1e12 ? number : number * 1000));
}

/** From September 2001 (1e12 ms) to the year 5138: anything else was not an alert's time. */
function inRange(at: number): number | null {
  return at >= 1e12 && at < latest ? at : null;
}

function offsetMinutes(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}
