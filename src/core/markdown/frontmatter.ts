/** The opening line of frontmatter: YAML, TOML, or one of two forms of JSON. */
const OPENING = /^\uFEFF?(---|\+\+\+|;;;|\{(?=[ \t]*\r?[\r\n]\s*"))[ \t]*(?:\r\n?|\n)/;

/** The closing line by opening mark. */
const CLOSING: Readonly<Record<string, RegExp>> = {
  '---': /[\r\n](?:---|\.\.\.)[ \t]*(?=\r|\n|$)/g,
  '+++': /[\r\n]\+\+\+[ \t]*(?=\r|\n|$)/g,
  ';;;': /[\r\n];;;[ \t]*(?=\r|\n|$)/g,
  '{': /[\r\n]\}[ \t]*(?=\r|\n|$)/g,
};

/** `title: …` in YAML. */
const YAML_TITLE = /^title:[ \t]+(.*)$/m;
/** `title = "…"` in TOML, `"title": "…"` in JSON. */
const QUOTED_TITLE = /^(?:title[ \t]*=|[ \t]*"title"[ \t]*:)[ \t]*(["'])(.*?)\1[ \t]*(?:[,#].*)?$/m;

/**
 * @returns the UTF-16 offset where the Markdown starts, after frontmatter and BOM
 * @see https://help.obsidian.md/properties for `---`; YAML itself also ends a document with `...`
 * @see https://gohugo.io/content-management/front-matter/ for `+++` (TOML) and `{` (JSON); `;;;` also marks
 * JSON
 */
export function frontmatterEnd(note: string): number {
  const opening = OPENING.exec(note);
  const closing = CLOSING[opening?.[1] ?? ''];
  if (opening !== null && closing !== undefined) {
    // Starts at the line break of the opening line, because the closing line may follow directly.
    closing.lastIndex = opening[0].length - 1;
    if (closing.test(note)) return closing.lastIndex;
  }
  return note.startsWith('\uFEFF') ? 1 : 0;
}

/** Whether the properties of a note can be edited as YAML: it has YAML frontmatter or none. */
export function takesYamlProperties(note: string): boolean {
  return frontmatterEnd(note) <= 1 || /^\uFEFF?---/.test(note);
}

/** @returns the single-line `title` in the frontmatter, or null if there is none */
export function frontmatterTitle(note: string): string | null {
  const frontmatter = note.slice(0, frontmatterEnd(note));
  const value = YAML_TITLE.exec(frontmatter)?.[1]?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2] ?? QUOTED_TITLE.exec(frontmatter)?.[2];
  const title = (quoted ?? value.replace(/\s#.*$/, '')).trim();
  // The text of a block scalar is on the lines below.
  return title === '' || /^[|>][+-]?$/.test(title) ? null : title;
}

/** @returns the value of a single-line YAML property, or null if the note has none */
export function yamlProperty(note: string, name: string): string | null {
  if (!note.startsWith('---') && !note.startsWith('\uFEFF---')) return null;
  const lines = note.slice(0, frontmatterEnd(note)).split(/\r\n?|\n/);
  const line = lines.find((each) => each.startsWith(`${name}:`));
  if (line === undefined) return null;
  const value = line.slice(name.length + 1).trim();
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value.replace(/\s#.*$/, '').trim();
}
