import { type NoteBlock, noteBlocks } from '../markdown/block-scanner.ts';
import { ClosingMarkers } from '../markdown/closing-markers.ts';
import { type InlineConstruct, scanInlines } from '../markdown/inline-scanner.ts';
import { isWikiImageTarget } from './image-target.ts';
import { wikiTarget } from './wiki-embed.ts';

/** A block with its inline constructs. Offsets refer to its text. */
export interface ReadBlock {
  readonly block: NoteBlock;
  /** Text outside this span is in a comment or in math that spans several blocks. */
  readonly visible: { readonly from: number; readonly to: number };
  /** Empty for HTML blocks. */
  readonly constructs: readonly InlineConstruct[];
}

/**
 * Reads the blocks of a note, except those in comments and math. Runs in linear time.
 * @param wanted `marked`: only the blocks that can affect images
 * @returns blocks in document order; offsets refer to the note, whatever its line endings
 */
export function readBlocks(markdown: string, wanted: 'marked' | 'all'): ReadBlock[] {
  // A lone carriage return is a line ending too. Replacing it with a line feed keeps all offsets.
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
