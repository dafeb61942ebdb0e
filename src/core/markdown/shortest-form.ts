/** The ways to write a character, shortest first; the last one is safe anywhere. */
export type Forms = (char: string) => readonly [string, ...string[]];

/** Punctuation can be escaped with a backslash; other characters need a character reference. */
export const MARKDOWN_FORMS: Forms = (char) =>
  /[!-/:-@[-`{-~]/.test(char) ? [char, `\\${char}`, reference(char)] : [char, reference(char)];

/** HTML has no backslash escapes. */
export const HTML_FORMS: Forms = (char) => [char, reference(char)];

/** A table removes the backslash before the cell is parsed. https://github.github.com/gfm/#example-200 */
export const HTML_IN_TABLE_FORMS: Forms = (char) =>
  char === '|' ? [char, '\\|', reference(char)] : HTML_FORMS(char);

/** A character that may need an escape: the index of its part, and the ways to write it. */
interface Choice {
  readonly part: number;
  readonly ways: readonly string[];
}

/**
 * Escapes a text with a minimum of escapes: none of them can be omitted.
 * @param special sorted UTF-16 offsets of characters that may need an escape
 * @param reads whether an escaped form reads as the text
 * @returns null if even the fully escaped text does not read as the text
 */
export function shortestForm(
  text: string,
  special: readonly number[],
  forms: Forms,
  reads: (written: string) => boolean,
): string | null {
  if (reads(text)) return text;
  const parts: string[] = [];
  const choices: Choice[] = [];
  let pos = 0;
  for (const index of special) {
    const ways = forms(text.charAt(index));
    parts.push(text.slice(pos, index), ways.at(-1) ?? ways[0]);
    choices.push({ part: parts.length - 1, ways: ways.slice(0, -1) });
    pos = index + 1;
  }
  parts.push(text.slice(pos));
  if (!reads(parts.join(''))) return null;

  const written = relaxed(withPairs(parts, choices, reads), choices, reads);
  if (references(written) === 0) return written;
  const unpaired = relaxed(parts, choices, reads);
  return cost(unpaired) < cost(written) ? unpaired : written;
}

/** Uses the shortest way for each choice with which the text still reads correctly. */
function relaxed(
  safest: readonly string[],
  choices: readonly Choice[],
  reads: (written: string) => boolean,
): string {
  const parts = [...safest];
  // Letters can only be written as references, so they are tried first and punctuation takes the escapes if
  // either works. Of two paired marks the first one is escaped.
  const letters = choices.filter(({ ways }) => ways.length === 1);
  const marks = choices.filter(({ ways }) => ways.length > 1);
  for (const { part, ways } of [...letters, ...marks.reverse()]) {
    const safe = parts[part] ?? '';
    if (safe === ways[0]) continue;
    parts[part] = ways.find((way) => reads(parts.with(part, way).join(''))) ?? safe;
  }
  shortenRuns(parts, choices, reads);
  return parts.join('');
}

/** The length; for equal lengths, fewer references cost less. */
function cost(written: string): number {
  return written.length + references(written) / written.length;
}

function references(written: string): number {
  return written.match(/(?<!\\)&#\d+;/g)?.length ?? 0;
}

/** Unescapes brackets in pairs, because neither can be unescaped without the other. */
function withPairs(
  safest: readonly string[],
  choices: readonly Choice[],
  reads: (written: string) => boolean,
): readonly string[] {
  let parts = safest;
  const open: Choice[] = [];
  for (const choice of choices) {
    const [char] = choice.ways;
    if (char === '[') open.push(choice);
    const opener = char === ']' ? open.pop() : undefined;
    if (opener === undefined) continue;
    const pair = parts.with(opener.part, '[').with(choice.part, ']');
    if (reads(pair.join(''))) parts = pair;
  }
  return parts;
}

/** Uses two backslashes, or one for the second mark, if the first mark of a run has a reference: `%\%`, `[\[`. */
function shortenRuns(parts: string[], choices: readonly Choice[], reads: (written: string) => boolean): void {
  for (const [index, { part, ways }] of choices.entries()) {
    const next = choices[index + 1];
    const isInRun = next !== undefined && parts.slice(part + 1, next.part).every((between) => between === '');
    if (!isInRun || ways.includes(parts[part] ?? '')) continue;
    const length = parts.join('').length;
    const found = ways
      .flatMap((first) => next.ways.map((second) => parts.with(part, first).with(next.part, second)))
      .find((shorter) => shorter.join('').length < length && reads(shorter.join('')));
    if (found) parts.splice(0, parts.length, ...found);
  }
}

function reference(char: string): string {
  return `&#${char.codePointAt(0) ?? 0};`;
}
