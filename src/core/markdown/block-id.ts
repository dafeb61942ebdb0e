/** Names the block whose last line it ends. https://help.obsidian.md/links#Link+to+a+block+in+a+note */
const ID = '\\^[\\p{L}\\p{N}-]+[ \\t]*';
const ID_AT_END = new RegExp(`[ \\t]+${ID}$`, 'u');
const ID_ALONE = new RegExp(`^[ \\t]+${ID}$`, 'u');

/** Longer, no id and the space before it are. In UTF-16 units. */
const MAX_ID = 200;

/**
 * A line that belongs to the block before it: Obsidian's id, or attributes as Kramdown and others take them.
 * @see https://kramdown.gettalong.org/syntax.html#block-ials
 */
export const NAMING_LINE = new RegExp(`^[ \\t]*(?:${ID}|\\{[^{}%]*\\}[ \\t]*)$`, 'u');

/** @returns where the block id at the end of a line begins, with the space before it; `to` where there is none */
export function blockIdAt(note: string, from: number, to: number): number {
  const start = Math.max(from, to - MAX_ID);
  const id = ID_AT_END.exec(note.slice(start, to));
  return id ? start + id.index : to;
}

/** Whether a text between the end of a part and that of its line is nothing but a block id. */
export function isBlockId(text: string): boolean {
  return text.length <= MAX_ID && ID_ALONE.test(text);
}
