/** A line that opens frontmatter: YAML, TOML, or JSON in one of its two forms. */
const OPENING = /^\uFEFF?(---|\+\+\+|;;;|\{(?=[ \t]*\r?[\r\n]\s*"))[ \t]*(?:\r\n?|\n)/;

/** The lines that close it, by the mark that opened it. */
const CLOSING: Readonly<Record<string, RegExp>> = {
  '---': /[\r\n](?:---|\.\.\.)[ \t]*(?=\r|\n|$)/g,
  '+++': /[\r\n]\+\+\+[ \t]*(?=\r|\n|$)/g,
  ';;;': /[\r\n];;;[ \t]*(?=\r|\n|$)/g,
  '{': /[\r\n]\}[ \t]*(?=\r|\n|$)/g,
};

/** A line `title: …`, of YAML. */
const YAML_TITLE = /^title:[ \t]+(.*)$/m;
/** `title = "…"` of TOML, `"title": "…"` of JSON. */
const QUOTED_TITLE = /^(?:title[ \t]*=|[ \t]*"title"[ \t]*:)[ \t]*(["'])(.*?)\1[ \t]*(?:[,#].*)?$/m;

/**
 * @returns the UTF-16 offset at which the Markdown begins: behind the note's frontmatter and a BOM
 * @see https://help.obsidian.md/properties for `---`; YAML itself also ends a document with `...`
 * @see https://gohugo.io/content-management/front-matter/ for `+++` (TOML) and `{` (JSON); `;;;` also marks JSON
 */
export function frontmatterEnd(note: string): number {
  const opening = OPENING.exec(note);
  const closing = CLOSING[opening?.[1] ?? ''];
  if (opening !== null && closing !== undefined) {
    // From the opening's line break on, for the closing line may come at once.
    closing.lastIndex = opening[0].length - 1;
    if (closing.test(note)) return closing.lastIndex;
  }
  return note.startsWith('\uFEFF') ? 1 : 0;
}

/** Whether a note's properties can be edited as YAML: its frontmatter is YAML, or it has none. */
export function takesYamlProperties(note: string): boolean {
  return frontmatterEnd(note) <= 1 || /^\uFEFF?---/.test(note);
}

/** @returns the `title` of a note's frontmatter, or null where it has none in one line */
export function frontmatterTitle(note: string): string | null {
  const frontmatter = note.slice(0, frontmatterEnd(note));
  const value = YAML_TITLE.exec(frontmatter)?.[1]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2] ?? QUOTED_TITLE.exec(frontmatter)?.[2];
  const title = (quoted ?? value.replace(/\s#.*$/, '')).trim();
  // A block scalar has its text in the lines below.
  return title === '' || /^[|>][+-]?$/.test(title) ? null : title;
}

/** @returns the value of a YAML property that stands in one line, or null where the note has none */
export function yamlProperty(note: string, name: string): string | null {
  if (!note.startsWith('---') && !note.startsWith('\uFEFF---')) return null;
  const lines = note.slice(0, frontmatterEnd(note)).split(/\r\n?|\n/);
  const line = lines.find((each) => each.startsWith(`${name}:`));
  if (line === undefined) return null;
  const value = line.slice(name.length + 1).trim();
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value.replace(/\s#.*$/, '').trim();
}
