import type { SyntaxNode, Tree } from '@lezer/common';
import type { ImageEmbed } from './image-embed.ts';

/** Where captions of an image go. */
export interface CaptionPlace {
  /** The end of the line they go under, in front of its line break. */
  readonly lineEnd: number;
  /** What their lines begin with, so that they stay in the quotes and list items around the image. */
  readonly prefix: string;
  /** Whether the image stands in a list item: a list is tight as long as no blank line is in it. */
  readonly inList: boolean;
  /** Whether a caption line ends a block here, so that the next line would become part of the caption. */
  readonly endsBlock: boolean;
}

/** Inline markup; a line in the midst of it would be part of it. */
const SPANNING = new Set([
  'Autolink',
  'Comment',
  'Emphasis',
  'HTMLTag',
  'Image',
  'InlineCode',
  'Link',
  'ProcessingInstruction',
  'Strikethrough',
  'StrongEmphasis',
]);

/** What puts a line into a footnote. https://github.github.com/gfm/ leaves footnotes out; GitHub and Obsidian agree. */
const FOOTNOTE_INDENT = '    ';

/** A line that means something else where it begins a paragraph than where it continues one. */
const BEGINS_OTHERWISE = /^(?:\s|<|[-+*][ \t]*$|\d+[.)]|\[[^\]]*\]:|\$\$|%%)/;

/**
 * Where the captions of an embed go: under the line that it ends on, or further down where that would tear inline
 * markup, and if `splits`, where a line moved to a paragraph of its own would mean something else.
 * @returns null where there is no place for lines: in a table, in a block of HTML, in an underlined heading
 */
export function captionPlace(
  note: string,
  tree: Tree,
  embed: ImageEmbed,
  splits: boolean,
): CaptionPlace | null {
  const block = leafBlock(tree.resolveInner(embed.from, 1));
  if (block === null || embed.inTable || /^(?:Table|HTMLBlock|SetextHeading\d)$/.test(block.name))
    return null;
  // A lone tag begins a block of HTML, in a footnote too, which the tree takes for a paragraph.
  if (embed.syntax === 'html' && isFootnote(note, block)) return null;

  const prefix = linePrefix(note, tree, block);
  const blockEnd = lineEnd(note, block.from + note.slice(block.from, block.to).trimEnd().length);
  let end = lineEnd(note, embed.to);
  while (
    end < blockEnd &&
    !(isOutside(note, tree, embed, end) && (!splits || isSplittable(note, end, prefix)))
  ) {
    end = lineEnd(note, end + lineBreakAt(note, end).length);
  }
  return {
    lineEnd: end,
    prefix,
    inList: hasAncestor(block, 'ListItem'),
    endsBlock: block.name.startsWith('ATXHeading'),
  };
}

/** @returns where the line ends that holds `at`, in front of its line break */
export function lineEnd(note: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(note)?.index ?? note.length;
}

/** @returns the line break that begins at `at`, '' at the end of the note */
export function lineBreakAt(note: string, at: number): string {
  return /^(?:\r\n?|\n)/.exec(note.slice(at, at + 2))?.[0] ?? '';
}

/** Whether the end of a line is in no inline markup that goes on in the next one. */
function isOutside(note: string, tree: Tree, embed: ImageEmbed, end: number): boolean {
  for (let node: SyntaxNode | null = tree.resolveInner(end, -1); node; node = node.parent) {
    if (SPANNING.has(node.name) && node.to > end) return false;
  }
  // The tree doesn't know comments and math, which have the same mark at both ends. None holds the embed.
  const behind = note.slice(embed.to, end);
  return behind.split('%%').length % 2 === 1 && behind.split('$$').length % 2 === 1;
}

/** Whether a paragraph may end with the line that ends at `end`, and the next line begin another one. */
function isSplittable(note: string, end: number, prefix: string): boolean {
  const from = end + lineBreakAt(note, end).length;
  const next = note.slice(from, lineEnd(note, from));
  // A line may leave out the marks of the quotes and the indentation only as long as the paragraph goes on; and a
  // backslash at its end breaks the line only there.
  return (
    next.startsWith(prefix) && !BEGINS_OTHERWISE.test(next.slice(prefix.length)) && note[end - 1] !== '\\'
  );
}

/** What stands in front of a block on its first line, with spaces in place of list markers. */
function linePrefix(note: string, tree: Tree, block: SyntaxNode): string {
  let start = block.from;
  while (start > 0 && !/[\r\n]/.test(note.charAt(start - 1))) start--;
  let prefix = note.slice(start, block.from);
  tree.iterate({
    from: start,
    to: block.from,
    enter({ name, from, to }) {
      if (name !== 'ListMark' || from < start || to > block.from) return;
      prefix = prefix.slice(0, from - start) + ' '.repeat(to - from) + prefix.slice(to - start);
    },
  });
  return prefix.replace('\uFEFF', '') + (isFootnote(note, block) ? FOOTNOTE_INDENT : '');
}

function isFootnote(note: string, block: SyntaxNode): boolean {
  const label = /\[\^[^\]\s]+\]:/y;
  label.lastIndex = block.from;
  return label.test(note);
}

function leafBlock(node: SyntaxNode | null): SyntaxNode | null {
  let found = node;
  while (found && !found.type.is('LeafBlock')) found = found.parent;
  return found;
}

function hasAncestor(node: SyntaxNode, name: string): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent.name === name) return true;
  return false;
}
