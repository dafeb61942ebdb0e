/** The ways in which a character of a text can be written, the shortest first; the last one is safe anywhere. */
export type Forms = (char: string) => readonly [string, ...string[]];

/** A backslash, which only punctuation takes, or else a character reference. */
export const MARKDOWN_FORMS: Forms = (char) =>
  /[!-/:-@[-`{-~]/.test(char) ? [char, `\\${char}`, reference(char)] : [char, reference(char)];

/** HTML knows no backslash. */
export const HTML_FORMS: Forms = (char) => [char, reference(char)];

/** Takes the backslash off before anything else reads the cell. https://github.github.com/gfm/#example-200 */
export const HTML_IN_TABLE_FORMS: Forms = (char) =>
  char === '|' ? [char, '\\|', reference(char)] : HTML_FORMS(char);

/** A character that may need an escape: where it stands in the text, and how it can be written instead. */
interface Choice {
  readonly part: number;
  readonly ways: readonly string[];
}

/**
 * Writes a text so that it reads as it is, with as few escapes as that takes: none of them can be left out.
 * @param special where the characters stand that may need an escape, in order; UTF-16 offsets
 * @param reads whether a way of writing the text reads as the text
 * @returns null where not even the text with all its special characters escaped does
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

/** Takes for each choice in turn the shortest way with which the text still reads. */
function relaxed(
  safest: readonly string[],
  choices: readonly Choice[],
  reads: (written: string) => boolean,
): string {
  const parts = [...safest];
  // Letters can only be written as references, so that marks take the escapes where either would do; and of two marks
  // that belong together the first one is escaped.
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

/** The length, and of equals the one with fewer references. */
function cost(written: string): number {
  return written.length + references(written) / written.length;
}

function references(written: string): number {
  return written.match(/(?<!\\)&#\d+;/g)?.length ?? 0;
}

/** The parts with those brackets as they are of which neither could be without the other. */
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

/** Takes two backslashes, or one for the second mark, where the first mark of a run got a reference: `%\%`, `[\[`. */
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
