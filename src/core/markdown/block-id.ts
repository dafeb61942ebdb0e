/**
 * An Obsidian block id at the end of the last line of a block.
 * https://help.obsidian.md/links#Link+to+a+block+in+a+note
 */
const ID = '\\^[\\p{L}\\p{N}-]+[ \\t]*';
const ID_AT_END = new RegExp(`[ \\t]+${ID}$`, 'u');
const ID_ALONE = new RegExp(`^[ \\t]+${ID}$`, 'u');

/** Maximum length of an id with the whitespace before it, in UTF-16 units. */
const MAX_ID = 200;

/**
 * A line that labels the previous block: an Obsidian block id, or attributes as in Kramdown.
 * @see https://kramdown.gettalong.org/syntax.html#block-ials
 */
export const NAMING_LINE = new RegExp(`^[ \\t]*(?:${ID}|\\{[^{}%]*\\}[ \\t]*)$`, 'u');

/**
 * @returns the start of the block id at the end of a line, including the whitespace before it; `to` if there
 * is none
 */
export function blockIdAt(note: string, from: number, to: number): number {
  const start = Math.max(from, to - MAX_ID);
  const id = ID_AT_END.exec(note.slice(start, to));
  return id ? start + id.index : to;
}

/** Whether the text between the end of a part and the end of its line is only a block id. */
export function isBlockId(text: string): boolean {
  return text.length <= MAX_ID && ID_ALONE.test(text);
}
