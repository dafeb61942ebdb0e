import { Answer, Comparison } from './description.ts';

/** An answer, with the disagreements where there are any. */
export type ReadAnswer = Answer & { readonly disagreements?: readonly string[] };

/**
 * Reads a model's answer. What was cut keeps the fields that are whole, and of the text in the image, which comes
 * last, what there is of it.
 * @returns null where not even an alt text, or the word that the image is decorative, can be made out
 */
export function parseAnswer(raw: string): ReadAnswer | null {
  const from = raw.indexOf('{');
  if (from < 0) return null;
  // Models put fences around JSON, and words around the fences.
  const whole = tryParse(raw.slice(from, raw.lastIndexOf('}') + 1));
  const checked = Comparison.safeParse(whole);
  if (checked.success) return checked.data;
  const plain = Answer.safeParse(whole);
  if (plain.success) return plain.data;

  const json = raw.slice(from);
  const disagreements = listField(json, 'disagreements');
  const salvaged: ReadAnswer = {
    alt: stringField(json, 'alt') ?? '',
    description: stringField(json, 'description') ?? '',
    tags: listField(json, 'tags'),
    decorative: /"decorative"\s*:\s*true\b/.test(json),
    text: stringField(json, 'text') ?? openField(json, 'text') ?? '',
    ...(disagreements.length > 0 && { disagreements }),
  };
  return salvaged.alt === '' && !salvaged.decorative ? null : salvaged;
}

const STRING = /^"(?:[^"\\]|\\.)*"/s;
const OPEN_STRING = /^"(?:[^"\\]|\\(?:u[0-9a-f]{4}|[^u]))*/is;
const LIST_OF_STRINGS = /^\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\]/s;

function stringField(json: string, key: string): string | null {
  const literal = valueAt(json, key, STRING);
  const value = literal === null ? null : tryParse(escapeBreaks(literal));
  return typeof value === 'string' ? value : null;
}

/** A string that has no end, without an escape that is cut. */
function openField(json: string, key: string): string | null {
  const literal = valueAt(json, key, OPEN_STRING);
  const value = literal === null ? null : tryParse(`${escapeBreaks(literal)}"`);
  return typeof value === 'string' ? value : null;
}

function listField(json: string, key: string): string[] {
  const literal = valueAt(json, key, LIST_OF_STRINGS);
  const value = literal === null ? null : tryParse(literal);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The raw value of a key. A quote inside of a string is escaped, so that `"alt":` can only be the key. */
function valueAt(json: string, key: string, value: RegExp): string | null {
  const [found] = new RegExp(`"${key}"\\s*:\\s*`).exec(json) ?? [];
  if (found === undefined) return null;
  return value.exec(json.slice(json.indexOf(found) + found.length))?.[0] ?? null;
}

/** Models that nobody holds to a schema break lines inside of strings, which JSON forbids. */
function escapeBreaks(literal: string): string {
  return literal.replace(/\r?\n/g, '\\n').replace(/\t/g, '\\t');
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
