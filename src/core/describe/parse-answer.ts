import { type LooseJson, type LooseValue, readLooseJson } from '../answer/loose-json.ts';
import type { Answer } from './answer-schema.ts';

/** An answer, with the disagreements if there are any. */
export type ReadAnswer = Answer & { readonly disagreements?: readonly string[] };

/** Names that models use for the requested fields, in lower case. */
const NAMES: Readonly<Record<keyof ReadAnswer, string>> = {
  alt: 'alt alttext altdescription alternativetext imagealt imagealttext caption shortdescription',
  description: 'description longdescription longdesc detaileddescription imagedescription details',
  tags: 'tags keywords',
  decorative: 'decorative isdecorative',
  text: 'text textinimage imagetext visibletext extractedtext ocr ocrtext transcription',
  disagreements: 'disagreements',
};
/** Names of an object around the answer, and of a field that holds a lone sentence. */
const WRAPPERS = new Set('answer response result output content sentence message value'.split(' '));

const FIELDS = new Map(
  Object.entries(NAMES).flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)),
);

/** Braces and brackets to try as the beginning of the answer. */
const MAX_TRIES = 20;
const MAX_DEPTH = 4;

/**
 * Reads a model's answer: JSON with the requested keys or with others of the same meaning, wrapped or not. An answer
 * that was cut keeps its complete fields, and what there is of the text in the image, which comes last.
 * @returns null if it has neither an alt text nor a mark that the image is decorative
 */
export function parseAnswer(raw: string): ReadAnswer | null {
  let from = raw.search(/[{[]/);
  // Models put fences around JSON, and text around the fences.
  for (let tries = 0; from >= 0 && tries < MAX_TRIES; tries++) {
    const read = readLooseJson(raw, from);
    const answer = read && answerIn(read.value, read.cut, MAX_DEPTH);
    if (answer) return answer;
    const on = read?.to ?? from + 1;
    const next = raw.slice(on).search(/[{[]/);
    from = next < 0 ? -1 : on + next;
  }
  return null;
}

function answerIn(value: LooseValue, cut: LooseJson['cut'], depth: number): ReadAnswer | null {
  if (depth === 0) return null;
  if (typeof value === 'string') {
    const inner = value.trim();
    const read = /^[{[]/.test(inner) ? readLooseJson(inner, 0) : null;
    return read && answerIn(read.value, read.cut, depth - 1);
  }
  if (typeof value !== 'object' || value === null) return null;
  return (Array.isArray(value) ? null : answerOf(value, cut)) ?? wrappedIn(value, cut, depth);
}

function answerOf(object: Readonly<Record<string, LooseValue>>, cut: LooseJson['cut']): ReadAnswer | null {
  const fields = new Map<string, LooseValue>();
  for (const [key, value] of Object.entries(object)) {
    const field = FIELDS.get(lettersOf(key));
    if (field !== undefined && !fields.has(field)) fields.set(field, value);
  }
  const description = textOf(fields.get('description'));
  const alt = fields.has('alt') ? textOf(fields.get('alt')) : description;
  const flag = fields.get('decorative');
  const decorative = flag === true || (typeof flag === 'string' && /^(?:true|yes)$/i.test(flag));
  if (alt === '' && !decorative) return null;
  const open = cut !== null && FIELDS.get(lettersOf(cut.key)) === 'text' ? cut.text : '';
  const disagreements = textsOf(fields.get('disagreements'));
  return {
    alt,
    description,
    tags: textsOf(fields.get('tags')),
    decorative,
    text: textOf(fields.get('text')) || open,
    ...(disagreements.length > 0 && { disagreements }),
  };
}

function wrappedIn(
  value: readonly LooseValue[] | Readonly<Record<string, LooseValue>>,
  cut: LooseJson['cut'],
  depth: number,
): ReadAnswer | null {
  for (const [key, inner] of Object.entries(value)) {
    // The text in the image may be JSON, too.
    if (FIELDS.get(lettersOf(key)) === 'text') continue;
    const answer = answerIn(inner, cut, depth - 1);
    if (answer !== null) return answer;
  }
  const [alt] = Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && WRAPPERS.has(lettersOf(key)) && inner.trim() !== '' ? [inner] : [],
  );
  return alt === undefined ? null : { alt, description: '', tags: [], decorative: false, text: '' };
}

/** A text, or the text inside an object; '' for none. */
function textOf(value: LooseValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const named = texts.find(([key]) => WRAPPERS.has(lettersOf(key)) || FIELDS.has(lettersOf(key)));
  return named?.[1] ?? (texts.length === 1 ? (texts[0]?.[1] ?? '') : '');
}

function textsOf(value: LooseValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[^\p{L}]/gu, '');
}
