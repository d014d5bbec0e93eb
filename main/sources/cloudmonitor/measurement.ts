// Numbers with units, short enough to be read at a glance. The exact text stays in the labels.

const binarySteps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const byteUnits: Readonly<Record<string, string>> = {
  B: '',
  Byte: '',
  Bytes: '',
  byte: '',
  bytes: '',
  'B/s': '/s',
  'Byte/s': '/s',
  'Bytes/s': '/s',
  'byte/s': '/s',
  'bytes/s': '/s',
};

/** The value with its unit: `903 MiB`, `97.39 %`, `12`; words are left as they are; null for nothing and NaN. */
export function formatValue(value: string | null, unit: string | null): string | null {
  if (value === null || /^[-+]?(?:nan|infinity|inf)$/i.test(value)) return null;
  const number = formatNumber(value, unit);
  return unit === null || byteSuffix(unit) !== null || !isNumber(value) ? number : `${number} ${unit}`;
}

/** The number alone; only sizes carry their unit, because scaling changes it. */
export function formatNumber(text: string, unit: string | null): string {
  if (!isNumber(text)) return text;
  const number = Number(text);
  const suffix = unit === null ? null : byteSuffix(unit);
  if (suffix !== null) return formatBytes(number) + suffix;
  // Custom metrics send the whole of a double (`0.30000000000000004`).
  return text.length > 12 && !Number.isInteger(number) ? String(Number(number.toPrecision(6))) : text;
}

function formatBytes(bytes: number): string {
  let size = Math.abs(bytes);
  let step = 0;
  while (size >= 1024 && step < binarySteps.length - 1) {
    size /= 1024;
    step += 1;
  }
  const digits = step === 0 || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return `${bytes < 0 ? '-' : ''}${Number(size.toFixed(digits))} ${binarySteps[step] ?? ''}`;
}

function byteSuffix(unit: string): string | null {
  return Object.hasOwn(byteUnits, unit) ? (byteUnits[unit] ?? null) : null;
}

function isNumber(text: string): boolean {
  return (
    text.length <= 64 &&
    /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(text) &&
    Number.isFinite(Number(text))
  );
}
