// Bytes in, fields out. By content, never by header: relays change headers, and people paste samples.
import { fieldText, parseJson } from '../json-value.ts';
import { eachFormPair } from './form-body.ts';

/** Every field of the threshold callback that is read; `signature` cannot be verified and is left alone (reference 1.6). */
export const noThresholdFields = {
  alertName: null,
  alertState: null,
  curValue: null,
  customLabels: null,
  dimensions: null,
  dimensionsOriginal: null,
  expression: null,
  groupId: null,
  instanceName: null,
  lastTime: null,
  metricName: null,
  metricProject: null,
  namespace: null,
  preTriggerLevel: null,
  productGroupName: null,
  rawMetricName: null,
  regionId: null,
  regionName: null,
  ruleId: null,
  ruleName: null,
  timestamp: null,
  transId: null,
  triggerLevel: null,
  unit: null,
  userId: null,
};
export type ThresholdFieldName = keyof typeof noThresholdFields;
export const thresholdFieldNames = Object.keys(noThresholdFields) as readonly ThresholdFieldName[];

/** Decoded and trimmed; null when absent, empty or the literal word `null`, which all mean the same (reference 1.3). */
export type ThresholdFields = Readonly<Record<ThresholdFieldName, string | null>>;

/** What a body holds. A threshold callback in a form, which nearly every body is, needs no second look. */
export type CallbackBody =
  | { readonly format: 'empty' }
  | {
      readonly format: 'threshold';
      readonly fields: ThresholdFields;
      readonly rawAmpersand: boolean;
    }
  /** JSON, or a form as an object of its texts; recognised by `readMessage`. */
  | { readonly format: 'message'; readonly message: unknown }
  | { readonly format: 'unknown'; readonly reason: 'broken-json' | 'neither-form-nor-json' };

/** Takes a body apart. Total: any bytes give a value. */
export function readCallbackBody(body: Uint8Array): CallbackBody {
  const content = withoutByteOrderMark(body);
  const first = content.find((byte) => !isSpace(byte));
  if (first === undefined) return { format: 'empty' };
  return first === openBrace || first === openBracket ? readJson(decodeText(content)) : readForm(content);
}

/** The fields of a threshold callback in JSON, as relays make it; null when the object is none. */
export function thresholdFieldsOf(object: Readonly<Record<string, unknown>>): ThresholdFields | null {
  if (!Object.hasOwn(object, 'alertState')) return null;
  const fields = emptyFields();
  for (const field of fieldNames.values()) {
    const said = Object.hasOwn(object, field) ? fieldText(object[field]) : null;
    if (said !== null) fields[field] = present(said);
  }
  return fields.alertState === null ? null : fields;
}

function readForm(body: Uint8Array): CallbackBody {
  const fields = emptyFields();
  let pairs = 0;
  const { rawAmpersand } = eachFormPair(body, (name, value) => {
    pairs += 1;
    // The first of equal names counts, whatever a later one says.
    const field = fieldNames.get(name);
    if (field !== undefined) fields[field] ??= present(value);
  });
  if (pairs === 0) return { format: 'unknown', reason: 'neither-form-nor-json' };
  return fields.alertState === null
    ? { format: 'message', message: formObject(body) }
    : { format: 'threshold', fields, rawAmpersand };
}

/** Every field of a form; made only of forms that are no threshold callback. */
function formObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  const texts = new Map<string, string>();
  eachFormPair(body, (name, value) => {
    if (!texts.has(name)) texts.set(name, value);
  });
  return Object.fromEntries(texts);
}

function readJson(text: string): CallbackBody {
  const message = parseJson(text);
  return message === undefined
    ? { format: 'unknown', reason: 'broken-json' }
    : { format: 'message', message };
}

const openBrace = 0x7b;
const openBracket = 0x5b;

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function withoutByteOrderMark(body: Uint8Array): Uint8Array {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}

/** Broken UTF-8 becomes U+FFFD. */
function decodeText(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

function present(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' || trimmed === 'null' ? null : trimmed;
}

/** Also gives back the one copy of the name that the engine knows: a piece of the body is slow as a property name. */
const fieldNames: ReadonlyMap<string, ThresholdFieldName> = new Map(
  thresholdFieldNames.map((name) => [name, name] as const),
);

function emptyFields(): Record<ThresholdFieldName, string | null> {
  return { ...noThresholdFields };
}
