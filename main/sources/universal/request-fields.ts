import { unpacked } from '../compressed-body.ts';
import { isJsonObject, parseJson } from '../json-value.ts';
import type { JsonObject } from '../json-texts.ts';
import type { IncomingDelivery } from '../source.ts';

/** What a request holds: the fields of a JSON object, of a form, or of the query when there is no body. */
export type RequestFields =
  | { readonly format: 'empty' }
  | { readonly format: 'fields'; readonly fields: JsonObject }
  | {
      readonly format: 'unknown';
      readonly reason: 'broken-json' | 'json-not-an-object' | 'neither-form-nor-json' | 'compressed-body';
    };

/** A form with more than this is none that a script sends. */
const mostPairs = 200;

/** Told by content, whatever the header says. Total. */
export function readRequestFields(delivery: IncomingDelivery): RequestFields {
  const plain = unpacked(delivery.body);
  if (plain === null) return { format: 'unknown', reason: 'compressed-body' };
  const text = Buffer.from(plain)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return delivery.query === '' ? { format: 'empty' } : readForm(delivery.query);
  return text.startsWith('{') || text.startsWith('[') ? readJson(text) : readForm(text);
}

function readJson(text: string): RequestFields {
  const value = parseJson(text);
  if (value === undefined) return { format: 'unknown', reason: 'broken-json' };
  return isJsonObject(value)
    ? { format: 'fields', fields: value }
    : { format: 'unknown', reason: 'json-not-an-object' };
}

function readForm(text: string): RequestFields {
  if (!text.includes('=')) return { format: 'unknown', reason: 'neither-form-nor-json' };
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of text.split('&', mostPairs)) {
    const [entry] = new URLSearchParams(pair);
    if (entry === undefined) continue;
    const [name, value] = entry;
    // The first of equal names counts, whatever a later one says.
    fields[name.trim()] ??= value;
  }
  return { format: 'fields', fields };
}
