// JSON from outside as values: no exceptions, no surprises from depth.

/** The parsed value, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON text of a parsed value, or null when it is nested too deeply to be written (V8 runs out of stack). */
function writeJson(value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}

/** A JSON object, told from arrays and null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of one field: numbers and booleans in words, objects as JSON text; null when there is nothing to say. */
export function fieldText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? null : writeJson(value);
    default:
      return null;
  }
}
