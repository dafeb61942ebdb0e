import { frontmatterEnd } from './frontmatter.ts';
import { htmlBlockKind } from './html-block.ts';
import { type LinkDefinitions, readDefinitions } from './link-definitions.ts';
import type { Span } from './span.ts';
import { delimiterColumns, tableCells } from './table-row.ts';

/** A block of text or HTML in a note. */
export interface NoteBlock {
  /** `underlined` is a setext heading: a paragraph with a line of `=` or `-` below it. */
  readonly kind: 'paragraph' | 'heading' | 'underlined' | 'cell' | 'html';
  /** UTF-16 offset of the text in the note. */
  readonly from: number;
  /** The text, as long as in the note: marks of enclosing blockquotes and lists are replaced with spaces. */
  readonly text: string;
  /**
   * The whitespace and the blockquote, list and footnote marks before the block on its first line. The first
   * line of a paragraph is that of its link definitions. Empty for a cell and for HTML.
   */
  readonly lead: Span;
  /** 1 to 6 for a heading, otherwise 0. */
  readonly level: number;
  /** Whether the block is in a list item, at any depth. */
  readonly inList: boolean;
}

export interface NoteBlocks {
  readonly blocks: readonly NoteBlock[];
  readonly definitions: LinkDefinitions;
}

/** A container block. Lists are omitted because only their items affect the position of text. */
type Container = { readonly inList: boolean } & (
  | { readonly kind: 'quote' }
  /** `width` is the indentation of lines in a list item or footnote, in columns. */
  | { readonly kind: 'indented'; readonly width: number }
);

interface OpenParagraph {
  readonly kind: 'paragraph';
  readonly from: number;
  readonly lead: Span;
  readonly text: MaskedText;
}

/** The open leaf block, and where it starts. */
type OpenLeaf =
  | OpenParagraph
  | { readonly kind: 'html'; readonly from: number; readonly text: MaskedText; readonly end: RegExp | null }
  | { readonly kind: 'fence'; readonly char: string; readonly length: number }
  | { readonly kind: 'code' | 'table' };

/** A block of the note. Without `masked`, its text is that of the note. */
interface FoundBlock extends Span, Pick<NoteBlock, 'kind'> {
  readonly masked?: MaskedText;
  readonly lead?: Span;
  readonly level?: number;
}

const TAB = 4;
/** A line with this indentation is code. */
const CODE_INDENT = 4;
const FOOTNOTE = /\[\^(?:[^\s[\]\\]|\\[[\]\\]|\\(?![[\]\\])){1,999}\]:/y;
const HEADING_MARKER = /#{1,6}(?=[ \t\r\n]|$)/y;
const ORDERED_MARKER = /([0-9]{1,9})[.)]/y;
/** Marks that make a block relevant: an image, or text that can hide images in later blocks. */
const MARK = /!\[|<[iI][mM][gG]|%%|\$\$|\{\/\*|\*\/\}/g;

/**
 * Splits a note into blocks of text or HTML by the block rules of CommonMark, with GFM tables and footnotes
 * and with frontmatter. Omits code. Runs in linear time.
 * @param note with `\n` or `\r\n` as line endings
 * @param wanted `marked`: only blocks that can contain an image or affect images in other blocks
 * @see https://spec.commonmark.org/0.31.2/#phase-1-block-structure
 */
export function noteBlocks(note: string, wanted: 'marked' | 'all'): NoteBlocks {
  const scanner = new BlockScanner(note, wanted === 'all');
  return scanner.scan();
}

class BlockScanner {
  readonly #note: string;
  readonly #wantsAll: boolean;
  readonly #blocks: NoteBlock[] = [];
  readonly #definitions: LinkDefinitions = new Map();
  #nextMark = -1;

  readonly #containers: Container[] = [];
  /** Indexes of blockquotes in #containers. */
  readonly #quotes: number[] = [];
  #leaf: OpenLeaf | null = null;
  /** The last line of the open paragraph, which may become a table header. */
  #lastLine = { from: 0, to: 0, isIndented: false };
  /** Whether the last line only opened a list item. */
  #isItemEmpty = false;

  // State of the current line.
  #lineStart = 0;
  #lineEnd = 0;
  /** Number of open containers that include the line. */
  #depth = 0;
  /** Column where the content of the innermost container starts. */
  #base = 0;
  /** Offset and column of the next character that is not whitespace. */
  #pos = 0;
  #column = 0;
  /** Offset after the last container marker on the line. */
  #markersEnd = 0;
  /** By thematic break character: the offset from which the line contains only that character and whitespace. */
  readonly #ruleStarts = new Map<string, number>();

  constructor(note: string, wantsAll: boolean) {
    this.#note = note;
    this.#wantsAll = wantsAll;
  }

  scan(): NoteBlocks {
    const note = this.#note;
    let start = frontmatterEnd(note);
    while (start < note.length) {
      const newline = note.indexOf('\n', start);
      const end = newline < 0 ? note.length : newline;
      this.#lineStart = this.#markersEnd = start;
      this.#lineEnd = note[end - 1] === '\r' && end > start ? end - 1 : end;
      this.#base = 0;
      this.#skipSpace(start, 0);
      if (this.#ruleStarts.size > 0) this.#ruleStarts.clear();
      this.#readLine();
      start = end + 1;
    }
    this.#closeLeaf(note.length);
    return { blocks: this.#blocks, definitions: this.#definitions };
  }

  get #isBlank(): boolean {
    return this.#pos === this.#lineEnd;
  }

  get #indent(): number {
    return this.#column - this.#base;
  }

  #skipSpace(from: number, column: number): void {
    let pos = from;
    let next = column;
    for (; pos < this.#lineEnd; pos++) {
      const char = this.#note.charCodeAt(pos);
      if (char === 0x20) next++;
      else if (char === 0x09) next += TAB - (next % TAB);
      else break;
    }
    this.#pos = pos;
    this.#column = next;
  }

  /** Moves past a container marker of `length` characters at #pos. */
  #passMarker(length: number): void {
    this.#base = this.#column + length;
    this.#markersEnd = this.#pos + length;
    this.#skipSpace(this.#markersEnd, this.#base);
  }

  #readLine(): void {
    this.#depth = this.#matchContainers();
    const isContinued = this.#depth === this.#containers.length;
    const leaf = this.#leaf;
    if (leaf !== null && leaf.kind !== 'paragraph') {
      if (!isContinued) this.#openLeaf(null);
      else if (this.#continueLeaf(leaf)) return;
    }
    if (this.#openBlocks(isContinued)) return;
    if (this.#isBlank) this.#openLeaf(null);
    else this.#addText();
  }

  /** Moves past the markers of the containers that include the line. @returns the number of these containers */
  #matchContainers(): number {
    const wasItemEmpty = this.#isItemEmpty;
    this.#isItemEmpty = false;
    let matched = 0;
    let quotes = 0;
    for (; matched < this.#containers.length; matched++) {
      const container = this.#containers[matched];
      if (container === undefined) break;
      if (container.kind === 'quote') {
        if (!this.#passQuoteMarker()) break;
        quotes++;
      } else if (this.#isBlank) {
        // A blank line continues every container except blockquotes. Checking each one would take quadratic
        // time.
        matched = this.#quotes[quotes] ?? this.#containers.length;
        return wasItemEmpty && matched === this.#containers.length ? matched - 1 : matched;
      } else if (this.#indent >= container.width) this.#base += container.width;
      else break;
    }
    return matched;
  }

  #passQuoteMarker(): boolean {
    if (this.#isBlank || this.#note[this.#pos] !== '>' || this.#indent >= CODE_INDENT) return false;
    this.#passMarker(1);
    if (this.#indent > 0) this.#base++;
    return true;
  }

  /** @returns whether the line continues the open leaf */
  #continueLeaf(leaf: Exclude<OpenLeaf, { kind: 'paragraph' }>): boolean {
    switch (leaf.kind) {
      case 'fence':
        if (this.#isFenceEnd(leaf.char, leaf.length)) this.#leaf = null;
        return true;
      case 'code':
        if (this.#isBlank || this.#indent >= CODE_INDENT) return true;
        break;
      case 'table':
        if (!this.#isBlank) return false;
        break;
      case 'html':
        if (leaf.end !== null || !this.#isBlank) {
          leaf.text.addLine(this.#lineStart, this.#markersEnd);
          this.#endHtml(leaf.end);
          return true;
        }
    }
    this.#closeLeaf(this.#lineStart);
    return false;
  }

  /** Opens the blocks that start on the line. @returns whether they include the whole line */
  #openBlocks(isContinued: boolean): boolean {
    /** Whether the line continues the open paragraph unless it starts a block. */
    let interrupts = isContinued && this.#leaf?.kind === 'paragraph';
    while (!this.#isBlank) {
      if (this.#indent >= CODE_INDENT) {
        if (this.#leaf?.kind === 'paragraph') return false;
        this.#openLeaf({ kind: 'code' });
        return true;
      }
      if (!this.#openContainer(interrupts)) return this.#openLeafBlock(interrupts);
      interrupts = false;
    }
    return false;
  }

  #openContainer(interrupts: boolean): boolean {
    const char = this.#note.charAt(this.#pos);
    if (char === '>') {
      this.#openLeaf(null);
      this.#passQuoteMarker();
      this.#quotes.push(this.#depth);
      this.#push({ kind: 'quote', inList: this.#isInList });
      return true;
    }
    if (char === '[') {
      const marker = this.#matchHere(FOOTNOTE);
      if (marker === null) return false;
      this.#openLeaf(null);
      this.#passMarker(marker[0].length);
      this.#base = this.#column;
      this.#push({ kind: 'indented', width: CODE_INDENT, inList: this.#isInList });
      return true;
    }
    const marker = this.#listMarker(char, interrupts);
    if (marker === 0) return false;
    this.#openLeaf(null);
    const before = this.#indent;
    this.#passMarker(marker);
    this.#isItemEmpty = this.#isBlank;
    // If the rest is blank or code, the content starts one column after the marker.
    const space = this.#isBlank || this.#indent > CODE_INDENT ? 1 : this.#indent;
    this.#base += space;
    this.#push({ kind: 'indented', width: before + marker + space, inList: true });
    return true;
  }

  /** @returns the length of the list marker at #pos; 0 if there is none */
  #listMarker(char: string, interrupts: boolean): number {
    let length = 0;
    if (char === '-' || char === '*' || char === '+') {
      if (this.#isThematicBreak(char) || (interrupts && this.#isSetextUnderline(char))) return 0;
      length = 1;
    } else if (char >= '0' && char <= '9') {
      const marker = this.#matchHere(ORDERED_MARKER);
      if (marker === null || (interrupts && Number(marker[1]) !== 1)) return 0;
      length = marker[0].length;
    } else return 0;
    const end = this.#pos + length;
    if (end < this.#lineEnd && !isSpaceAt(this.#note, end)) return 0;
    return interrupts && isBlankBetween(this.#note, end, this.#lineEnd) ? 0 : length;
  }

  #openLeafBlock(interrupts: boolean): boolean {
    const note = this.#note;
    const char = note.charAt(this.#pos);
    switch (char) {
      case '#': {
        const heading = this.#matchHere(HEADING_MARKER);
        if (heading === null) return false;
        this.#openLeaf(null);
        const level = heading[0].length;
        const lead = { from: this.#lineStart, to: this.#pos };
        this.#addBlock({ kind: 'heading', from: this.#pos + level, to: this.#lineEnd, lead, level });
        return true;
      }
      case '`':
      case '~': {
        const length = this.#runLength(char);
        if (length < 3) return false;
        if (char === '`' && note.slice(this.#pos + length, this.#lineEnd).includes('`')) return false;
        this.#openLeaf({ kind: 'fence', char, length });
        return true;
      }
      case '<': {
        const couldGoOn = this.#leaf?.kind === 'paragraph';
        const kind = htmlBlockKind(note.slice(this.#pos, this.#lineEnd), couldGoOn);
        if (kind === null) return false;
        this.#openLeaf({
          kind: 'html',
          from: this.#pos,
          text: new MaskedText(note, this.#pos),
          end: kind.end,
        });
        this.#endHtml(kind.end);
        return true;
      }
      case '=':
      case '-':
        if (interrupts && this.#isSetextUnderline(char) && this.#hasText()) {
          this.#closeLeaf(this.#lineStart, char === '=' ? 1 : 2);
          return true;
        }
        if (char === '-' && this.#isThematicBreak(char)) {
          this.#openLeaf(null);
          return true;
        }
        return interrupts && this.#openTable();
      case '*':
      case '_':
        if (!this.#isThematicBreak(char)) return false;
        this.#openLeaf(null);
        return true;
      case '|':
      case ':':
        return interrupts && this.#openTable();
      default:
        return false;
    }
  }

  #push(container: Container): void {
    this.#containers.push(container);
    this.#depth++;
  }

  /** Closes the open leaf and the containers that don't include the line, then opens `leaf`. */
  #openLeaf(leaf: OpenLeaf | null): void {
    this.#closeLeaf(this.#lineStart);
    this.#containers.length = this.#depth;
    while ((this.#quotes.at(-1) ?? -1) >= this.#depth) this.#quotes.pop();
    this.#leaf = leaf;
  }

  /** Closes an HTML block if the line matches its end pattern. */
  #endHtml(end: RegExp | null): void {
    if (end?.test(this.#note.slice(this.#pos, this.#lineEnd)) === true) this.#closeLeaf(this.#lineEnd);
  }

  /**
   * Turns the last line of the open paragraph into a table header if the current line is a matching delimiter
   * row.
   */
  #openTable(): boolean {
    const { from, to, isIndented } = this.#lastLine;
    if (isIndented || this.#leaf?.kind !== 'paragraph') return false;
    const columns = delimiterColumns(this.#note, this.#pos, this.#lineEnd);
    if (columns === null) return false;
    const head = tableCells(this.#note, from, to);
    if (head.count !== columns) return false;
    this.#closeLeaf(from);
    for (const cell of head.cells) this.#addBlock({ kind: 'cell', from: cell.from, to: cell.to });
    this.#leaf = { kind: 'table' };
    return true;
  }

  /** Adds a line of text to the table, to the paragraph (including as a lazy line), or as a new paragraph. */
  #addText(): void {
    if (this.#leaf?.kind === 'table') {
      if (!this.#isWanted(this.#pos, this.#lineEnd)) return;
      for (const cell of tableCells(this.#note, this.#pos, this.#lineEnd).cells) {
        this.#addBlock({ kind: 'cell', from: cell.from, to: cell.to });
      }
      return;
    }
    if (this.#leaf?.kind === 'paragraph') this.#leaf.text.addLine(this.#lineStart, this.#markersEnd);
    else {
      const from = this.#pos;
      const lead = { from: this.#lineStart, to: from };
      this.#openLeaf({ kind: 'paragraph', from, lead, text: new MaskedText(this.#note, from) });
    }
    this.#lastLine = { from: this.#pos, to: this.#lineEnd, isIndented: this.#indent >= CODE_INDENT };
  }

  /** Closes the open leaf block before `to`. `level` is the heading level of an underlined paragraph. */
  #closeLeaf(to: number, level = 0): void {
    const leaf = this.#leaf;
    this.#leaf = null;
    if (leaf?.kind === 'html') this.#addBlock({ kind: 'html', from: leaf.from, to, masked: leaf.text });
    else if (leaf?.kind === 'paragraph') {
      const start = this.#takeDefinitions(leaf, to);
      const kind = level > 0 ? 'underlined' : 'paragraph';
      if (start < to) this.#addBlock({ kind, from: start, to, masked: leaf.text, lead: leaf.lead, level });
    }
  }

  /** Whether the open paragraph contains more than link reference definitions. Collects the definitions. */
  #hasText(): boolean {
    const leaf = this.#leaf;
    if (leaf?.kind !== 'paragraph') return false;
    if (this.#takeDefinitions(leaf, this.#lineStart) < this.#lineStart) return true;
    this.#leaf = null;
    return false;
  }

  /** @returns the offset in the note where the text after the definitions starts */
  #takeDefinitions(paragraph: OpenParagraph, to: number): number {
    if (this.#note[paragraph.from] !== '[') return paragraph.from;
    const text = paragraph.text.slice(paragraph.from, to);
    return paragraph.from + readDefinitions(text, paragraph.from, this.#definitions);
  }

  #addBlock({ kind, from, to, masked, lead = { from, to: from }, level = 0 }: FoundBlock): void {
    if (!this.#isWanted(from, to)) return;
    const text = masked?.slice(from, to) ?? this.#note.slice(from, to);
    this.#blocks.push({ kind, from, text, lead, level, inList: this.#isInList });
  }

  /** Whether the open blocks are in a list item. */
  get #isInList(): boolean {
    return this.#containers.at(-1)?.inList ?? false;
  }

  #isWanted(from: number, to: number): boolean {
    if (this.#wantsAll) return true;
    if (this.#nextMark < from) {
      MARK.lastIndex = from;
      this.#nextMark = MARK.exec(this.#note)?.index ?? Number.POSITIVE_INFINITY;
    }
    return this.#nextMark < to;
  }

  #matchHere(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#pos;
    return pattern.exec(this.#note);
  }

  #runLength(char: string): number {
    let end = this.#pos;
    while (end < this.#lineEnd && this.#note[end] === char) end++;
    return end - this.#pos;
  }

  #isFenceEnd(char: string, length: number): boolean {
    if (this.#indent >= CODE_INDENT) return false;
    const run = this.#runLength(char);
    return run >= length && isBlankBetween(this.#note, this.#pos + run, this.#lineEnd);
  }

  #isSetextUnderline(char: string): boolean {
    return (
      char !== '*' &&
      char !== '+' &&
      isBlankBetween(this.#note, this.#pos + this.#runLength(char), this.#lineEnd)
    );
  }

  #isThematicBreak(char: string): boolean {
    if (char === '+') return false;
    let start = this.#ruleStarts.get(char);
    if (start === undefined) {
      start = this.#lineEnd;
      while (start > this.#lineStart && (this.#note[start - 1] === char || isSpaceAt(this.#note, start - 1)))
        start--;
      this.#ruleStarts.set(char, start);
    }
    if (this.#pos < start) return false;
    let count = 0;
    for (let pos = this.#pos; pos < this.#lineEnd && count < 3; pos++) if (this.#note[pos] === char) count++;
    return count === 3;
  }
}

/** A part of the note in which container markers are replaced with spaces. */
class MaskedText {
  readonly #note: string;
  readonly #start: number;
  readonly #parts: string[] = [];
  #end: number;

  constructor(note: string, start: number) {
    this.#note = note;
    this.#start = this.#end = start;
  }

  /** Adds the line at `lineStart`, whose container markers end at `markersEnd`. */
  addLine(lineStart: number, markersEnd: number): void {
    if (markersEnd === lineStart) return;
    this.#parts.push(this.#note.slice(this.#end, lineStart), ' '.repeat(markersEnd - lineStart));
    this.#end = markersEnd;
  }

  slice(from: number, to: number): string {
    if (this.#parts.length === 0) return this.#note.slice(from, to);
    const text = this.#parts.join('') + this.#note.slice(this.#end, to);
    return text.slice(from - this.#start, to - this.#start);
  }
}

function isSpaceAt(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

function isBlankBetween(text: string, from: number, to: number): boolean {
  for (let pos = from; pos < to; pos++) if (!isSpaceAt(text, pos)) return false;
  return true;
}
