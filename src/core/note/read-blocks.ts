import { type NoteBlock, noteBlocks } from '../markdown/block-scanner.ts';
import { ClosingMarkers } from '../markdown/closing-markers.ts';
import { type InlineConstruct, scanInlines } from '../markdown/inline-scanner.ts';
import { isWikiImageTarget } from './image-target.ts';
import { wikiTarget } from './wiki-embed.ts';

/** A block with what was found in it. Offsets are in its text. */
export interface ReadBlock {
  readonly block: NoteBlock;
  /** What stands outside is in a comment or in math that other blocks share. */
  readonly visible: { readonly from: number; readonly to: number };
  /** None for HTML, which isn't Markdown. */
  readonly constructs: readonly InlineConstruct[];
}

/**
 * Reads a note's blocks, but for those in comments and math. The cost is linear in the length of the note.
 * @param wanted `marked`: only the blocks that decide about images
 * @returns in document order; offsets are as in the note, whatever its line endings
 */
export function readBlocks(markdown: string, wanted: 'marked' | 'all'): ReadBlock[] {
  // A lone carriage return ends a line too; as a line feed it keeps all offsets.
  const note = markdown.replace(/\r(?!\n)/g, '\n');
  const { blocks, definitions } = noteBlocks(note, wanted);
  const closing = new ClosingMarkers(blocks);

  const read: ReadBlock[] = [];
  let hiddenTo = 0;
  for (const [index, block] of blocks.entries()) {
    const { kind, text } = block;
    const from = Math.max(0, hiddenTo - block.from);
    if (from >= text.length) continue;
    if (kind === 'html') {
      read.push({ block, visible: { from, to: text.length }, constructs: [] });
      continue;
    }
    const canStayOpen = kind === 'paragraph' || kind === 'underlined';
    const { constructs, open } = scanInlines(text, from, {
      definitions,
      isWikiImage: (content) => isWikiImageTarget(wikiTarget(content)),
      endsLater: (marker) => canStayOpen && closing.after(index, marker) !== null,
    });
    read.push({ block, visible: { from, to: open?.from ?? text.length }, constructs });
    if (open !== null) hiddenTo = closing.after(index, open.marker) ?? hiddenTo;
  }
  return read;
}
