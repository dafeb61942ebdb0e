const OPENING = /^\uFEFF?---[ \t]*(?:\r\n?|\n)/;
const CLOSING = /[\r\n](?:---|\.\.\.)[ \t]*(?=\r|\n|$)/g;

/**
 * @returns the UTF-16 offset at which the Markdown begins: behind the note's YAML frontmatter and a BOM
 * @see https://help.obsidian.md/properties for `---`; YAML itself also ends a document with `...`
 */
export function frontmatterEnd(note: string): number {
  const opening = OPENING.exec(note);
  if (opening !== null) {
    // From the opening's line break on, for the closing line may come at once.
    CLOSING.lastIndex = opening[0].length - 1;
    if (CLOSING.test(note)) return CLOSING.lastIndex;
  }
  return note.startsWith('\uFEFF') ? 1 : 0;
}
