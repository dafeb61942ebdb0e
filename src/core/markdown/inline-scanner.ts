import { type HtmlTag, readOpenTag, TAG_IN_MARKDOWN } from './html-tag.ts';
import type { LinkDefinition, LinkDefinitions } from './link-definitions.ts';
import {
  type LinkPart,
  MAX_LABEL,
  normalizeLabel,
  readDestination,
  readLabel,
  readTitle,
  skipSpace,
} from './link-parts.ts';
import type { Span } from './span.ts';

/** The form of a reference and its label as written, because the alt text may be the label. */
export interface ReferenceLabel {
  readonly form: 'full' | 'collapsed' | 'shortcut';
  readonly label: string;
}

/** `[…](…)`, `![…](…)` or a reference form. Offsets refer to the scanned text. */
export interface BracketConstruct extends Span {
  readonly kind: 'link' | 'image';
  /** The text between the brackets. */
  readonly label: Span;
  /** Index of the first construct between the brackets; they extend up to this construct. */
  readonly firstInside: number;
  readonly resource: Resource;
}

export interface InlineResource {
  readonly syntax: 'markdown';
  readonly destination: Span;
  readonly title: Span | null;
}

export type Resource =
  | InlineResource
  | {
      readonly syntax: 'reference';
      readonly definition: LinkDefinition;
      readonly reference: ReferenceLabel;
    };

/** `![[…]]`. */
export interface WikiConstruct extends Span {
  readonly kind: 'wiki';
  readonly content: Span;
}

/** An `<img …>` tag. */
export interface HtmlConstruct extends Span {
  readonly kind: 'html';
  readonly tag: HtmlTag;
}

/** Literal text: the content of a code span, the URL of an autolink, or an HTML tag. */
export interface LiteralConstruct extends Span {
  readonly kind: 'literal';
  readonly content: Span;
  readonly isCode: boolean;
}

/** A comment in `%%` or (MDX) `{/*`, or math in `$$` or `$`. Other markup has no effect in it. */
export interface HiddenConstruct extends Span {
  readonly kind: 'hidden';
}

export type InlineConstruct =
  BracketConstruct | WikiConstruct | HtmlConstruct | LiteralConstruct | HiddenConstruct;

export interface InlineScan {
  /** In order of their end, so constructs inside brackets precede them. */
  readonly constructs: readonly InlineConstruct[];
  /**
   * The marker (`%%`, `$$` or the end of an MDX comment) that closes a construct opened at `from` in a later
   * block; null if there is none.
   */
  readonly open: { readonly marker: string; readonly from: number } | null;
}

export interface InlineOptions {
  readonly definitions: LinkDefinitions;
  /** Whether `![[…]]` is an image. Others are parsed as CommonMark. */
  readonly isWikiImage: (content: string) => boolean;
  /** Whether a construct that opens at the start of a line can end with `marker` in a later block. */
  readonly endsLater: (marker: string) => boolean;
}

interface Opener {
  readonly isImage: boolean;
  readonly from: number;
  readonly labelFrom: number;
  readonly firstInside: number;
  hasBracketInside: boolean;
}

const SPECIAL = /[\\`<![\]$%{]/g;
/** https://mdxjs.com/docs/what-is-mdx/#markdown */
const MDX_COMMENT = '{/*';
const MDX_COMMENT_END = '*/}';
const BACKTICKS = /`+/g;
const WIKI_STOP = /\]\]|\[\[|[\r\n]/g;
const AUTOLINK =
  /<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<> \p{Cc}]*|[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*)>/uy;
/** A size after the destination or title. https://github.com/tatsy/markdown-it-imsize */
const TARGET_SIZE = /=(?:\d+%?x?|\d*%?x\d+%?)(?=[ \t]*\))/y;
const CLOSING_TAG = /<\/([a-zA-Z][a-zA-Z0-9-]*)[ \t\r\n]*>/y;
/** Elements whose content browsers parse as text. */
const RAW_TEXT = new Set(['script', 'style', 'textarea']);

/**
 * Finds the images, links and literal parts in a block of text by the inline rules of CommonMark, without
 * emphasis, with Obsidian embeds, comments and math. Runs in linear time.
 * @param start offset in the text to start from
 * @see https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
 */
export function scanInlines(text: string, start: number, options: InlineOptions): InlineScan {
  return new InlineScanner(text, options).scan(start);
}

class InlineScanner {
  readonly #text: string;
  readonly #options: InlineOptions;
  readonly #constructs: InlineConstruct[] = [];
  readonly #openers: Opener[] = [];
  /** Number of leading openers whose `[` can no longer open a link, because links can't be nested. */
  #inactive = 0;
  /** The last offset of each closing marker, so that failing searches are not repeated. */
  readonly #lastOf = new Map<string, number>();
  /** The last offset of a backtick run by length. */
  #backticks: Map<number, number> | null = null;
  /** No `$` before this offset can end math. */
  #noMathEnd = 0;
  #rawElement: string | null = null;

  constructor(text: string, options: InlineOptions) {
    this.#text = text;
    this.#options = options;
  }

  scan(start: number): InlineScan {
    const text = this.#text;
    let pos = start;
    for (;;) {
      SPECIAL.lastIndex = pos;
      if (!SPECIAL.test(text)) return { constructs: this.#constructs, open: null };
      pos = SPECIAL.lastIndex - 1;
      switch (text.charAt(pos)) {
        case '\\':
          pos += 2;
          break;
        case '`':
          pos = this.#passBackticks(pos);
          break;
        case '<':
          pos = this.#passAngle(pos);
          break;
        case '!':
          pos = text[pos + 1] === '[' ? (this.#passWiki(pos) ?? this.#open(pos, pos + 2)) : pos + 1;
          break;
        case '[':
          pos = this.#open(pos, pos + 1);
          break;
        case ']':
          pos = this.#close(pos);
          break;
        default: {
          const opener = text.startsWith(MDX_COMMENT, pos) ? MDX_COMMENT : text.slice(pos, pos + 2);
          if (opener !== '%%' && opener !== '$$' && opener !== MDX_COMMENT) {
            pos = text[pos] === '$' ? this.#passMath(pos) : pos + 1;
            break;
          }
          const marker = opener === MDX_COMMENT ? MDX_COMMENT_END : opener;
          const end = this.#endBehind(marker, pos + opener.length);
          if (end === null && this.#isAtLineStart(pos) && this.#options.endsLater(marker)) {
            return { constructs: this.#constructs, open: { marker, from: pos } };
          }
          if (end !== null) this.#constructs.push({ kind: 'hidden', from: pos, to: end });
          pos = end ?? pos + opener.length;
        }
      }
    }
  }

  /** @returns the offset after the next `marker` from `from` on, or null */
  #endBehind(marker: string, from: number): number | null {
    let last = this.#lastOf.get(marker);
    if (last === undefined) {
      last = this.#text.lastIndexOf(marker);
      this.#lastOf.set(marker, last);
    }
    return last < from ? null : this.#text.indexOf(marker, from) + marker.length;
  }

  #isAtLineStart(pos: number): boolean {
    let start = pos;
    while (start > 0 && (this.#text[start - 1] === ' ' || this.#text[start - 1] === '\t')) start--;
    return start === 0 || this.#text[start - 1] === '\n';
  }

  /** https://spec.commonmark.org/0.31.2/#code-spans */
  #passBackticks(pos: number): number {
    const text = this.#text;
    if (this.#backticks === null) {
      this.#backticks = new Map();
      BACKTICKS.lastIndex = pos;
      for (let run = BACKTICKS.exec(text); run !== null; run = BACKTICKS.exec(text)) {
        this.#backticks.set(run[0].length, run.index);
      }
    }
    let contentFrom = pos;
    while (text[contentFrom] === '`') contentFrom++;
    const length = contentFrom - pos;
    if ((this.#backticks.get(length) ?? -1) < contentFrom) return contentFrom;
    BACKTICKS.lastIndex = contentFrom;
    for (let run = BACKTICKS.exec(text); run !== null; run = BACKTICKS.exec(text)) {
      if (run[0].length !== length) continue;
      const end = run.index + length;
      this.#addLiteral(pos, end, { from: contentFrom, to: run.index }, true);
      return end;
    }
    return contentFrom;
  }

  #addLiteral(from: number, to: number, content: Span, isCode: boolean): void {
    this.#constructs.push({ kind: 'literal', from, to, content, isCode });
  }

  /** Autolinks and raw HTML. https://spec.commonmark.org/0.31.2/#raw-html */
  #passAngle(pos: number): number {
    const text = this.#text;
    AUTOLINK.lastIndex = pos;
    if (AUTOLINK.test(text)) {
      const end = AUTOLINK.lastIndex;
      this.#addLiteral(pos, end, { from: pos + 1, to: end - 1 }, false);
      return end;
    }
    const tag = readOpenTag(text, pos, TAG_IN_MARKDOWN);
    if (tag?.name === 'img' && this.#rawElement === null) {
      this.#constructs.push({ kind: 'html', from: pos, to: tag.end, tag });
      return tag.end;
    }
    if (tag !== null && RAW_TEXT.has(tag.name)) this.#rawElement ??= tag.name;
    const end = tag?.end ?? this.#otherHtmlEnd(pos);
    if (end === null) return pos + 1;
    this.#addLiteral(pos, end, { from: pos, to: end }, false);
    return end;
  }

  #otherHtmlEnd(pos: number): number | null {
    const text = this.#text;
    CLOSING_TAG.lastIndex = pos;
    const closing = CLOSING_TAG.exec(text);
    if (closing !== null) {
      if (closing[1]?.toLowerCase() === this.#rawElement) this.#rawElement = null;
      return CLOSING_TAG.lastIndex;
    }
    // The shortest comment is `<!-->`.
    if (text.startsWith('<!--', pos)) return this.#endBehind('-->', pos + 2);
    if (text.startsWith('<?', pos)) return this.#endBehind('?>', pos + 2);
    if (text.startsWith('<![CDATA[', pos)) return this.#endBehind(']]>', pos + 9);
    return /^<![a-zA-Z]/.test(text.slice(pos, pos + 3)) ? this.#endBehind('>', pos + 3) : null;
  }

  /**
   * Math in single dollars on one line, with no whitespace inside the dollars and no digit after the second.
   * https://pandoc.org/MANUAL.html#extension-tex_math_dollars
   */
  #passMath(pos: number): number {
    const text = this.#text;
    if (pos + 1 < this.#noMathEnd || /^\s?$/.test(text.charAt(pos + 1))) return pos + 1;
    for (let end = pos + 1; end < text.length && text[end] !== '\n'; end++) {
      const char = text[end];
      if (char === '\\') end++;
      else if (char === '$' && !/\s/.test(text.charAt(end - 1)) && !/[0-9]/.test(text.charAt(end + 1))) {
        this.#constructs.push({ kind: 'hidden', from: pos, to: end + 1 });
        return end + 1;
      }
      this.#noMathEnd = end;
    }
    return pos + 1;
  }

  #passWiki(pos: number): number | null {
    const text = this.#text;
    const from = pos + 3;
    if (!text.startsWith('[[', pos + 1)) return null;
    WIKI_STOP.lastIndex = from;
    const stop = WIKI_STOP.exec(text);
    if (stop?.[0] !== ']]' || !this.#options.isWikiImage(text.slice(from, stop.index))) return null;
    const end = stop.index + 2;
    this.#constructs.push({ kind: 'wiki', from: pos, to: end, content: { from, to: stop.index } });
    return end;
  }

  #open(from: number, labelFrom: number): number {
    const outer = this.#openers.at(-1);
    if (outer !== undefined) outer.hasBracketInside = true;
    this.#openers.push({
      isImage: labelFrom - from === 2,
      from,
      labelFrom,
      firstInside: this.#constructs.length,
      hasBracketInside: false,
    });
    return labelFrom;
  }

  #close(pos: number): number {
    const opener = this.#openers.pop();
    if (opener === undefined) return pos + 1;
    const depth = this.#openers.length;
    const isInactive = depth < this.#inactive;
    this.#inactive = Math.min(this.#inactive, depth);
    if (isInactive && !opener.isImage) return pos + 1;

    const found = this.#readResource(pos + 1, opener.isImage) ?? this.#readReference(opener, pos);
    if (found === null) return pos + 1;
    this.#constructs.push({
      kind: opener.isImage ? 'image' : 'link',
      from: opener.from,
      to: found.end,
      label: { from: opener.labelFrom, to: pos },
      firstInside: opener.firstInside,
      resource: found.resource,
    });
    if (!opener.isImage) this.#inactive = depth;
    return found.end;
  }

  #targetSizeEnd(at: number): number {
    TARGET_SIZE.lastIndex = at;
    return TARGET_SIZE.test(this.#text) ? TARGET_SIZE.lastIndex : at;
  }

  /** `(destination "title")`; for an image also `(destination =300x200)` */
  #readResource(at: number, isImage: boolean): { resource: Resource; end: number } | null {
    const text = this.#text;
    if (text[at] !== '(') return null;
    let end = skipSpace(text, at + 1);
    let destination: Span = { from: end, to: end };
    let title: LinkPart | null = null;
    if (text[end] !== ')') {
      const part = readDestination(text, end);
      if (part === null) return null;
      destination = part.span;
      end = skipSpace(text, part.end);
      title = end > part.end ? readTitle(text, end) : null;
      if (title !== null) end = skipSpace(text, title.end);
      if (isImage && /\s/.test(text.charAt(end - 1))) end = skipSpace(text, this.#targetSizeEnd(end));
    }
    if (text[end] !== ')') return null;
    return {
      resource: { syntax: 'markdown', destination, title: title?.span ?? null },
      end: end + 1,
    };
  }

  /** `[label]`, `[]` or nothing after the brackets */
  #readReference(opener: Opener, labelTo: number): { resource: Resource; end: number } | null {
    if (this.#options.definitions.size === 0) return null;
    const own: Span = { from: opener.labelFrom, to: labelTo };
    const part = readLabel(this.#text, labelTo + 1);
    if (part !== null && part.span.from < part.span.to) return this.#lookUp('full', part.span, part.end);
    if (opener.hasBracketInside || own.to - own.from > MAX_LABEL) return null;
    return part === null
      ? this.#lookUp('shortcut', own, labelTo + 1)
      : this.#lookUp('collapsed', own, part.end);
  }

  #lookUp(
    form: 'full' | 'collapsed' | 'shortcut',
    span: Span,
    end: number,
  ): { resource: Resource; end: number } | null {
    const label = this.#text.slice(span.from, span.to);
    const definition = this.#options.definitions.get(normalizeLabel(label));
    return definition === undefined
      ? null
      : { resource: { syntax: 'reference', definition, reference: { form, label } }, end };
  }
}
