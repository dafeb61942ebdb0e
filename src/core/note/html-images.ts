import { decodeHTMLAttribute } from 'entities';
import type { NoteBlock } from '../markdown/block-scanner.ts';
import { type HtmlTag, readOpenTag, TAG_IN_HTML } from '../markdown/html-tag.ts';
import type { Span } from '../markdown/span.ts';
import { shift } from '../markdown/span.ts';
import type { ImageEmbed } from './image-embed.ts';

const TAG_OR_COMMENT = /<(?:!--|[a-zA-Z])|\{\/\*/g;
/** Elements whose content browsers parse as text. https://html.spec.whatwg.org/#parsing-html-fragments */
const RAW_TEXT = /^(?:script|style|textarea)$/;

/** Finds the images in an HTML block, from `start` on, that a browser would render. */
export function htmlImages(block: NoteBlock, start: number): ImageEmbed[] {
  const html = block.text;
  const images: (ImageEmbed | null)[] = [];
  TAG_OR_COMMENT.lastIndex = start;
  for (let match = TAG_OR_COMMENT.exec(html); match !== null; match = TAG_OR_COMMENT.exec(html)) {
    const from = match.index;
    if (match[0] === '<!--' || match[0] === '{/*') {
      const isHtml = match[0] === '<!--';
      const end = html.indexOf(isHtml ? '-->' : '*/}', from + (isHtml ? 2 : 3));
      if (end < 0 && isHtml) break;
      TAG_OR_COMMENT.lastIndex = end < 0 ? from + 1 : end + 3;
      continue;
    }
    const tag = readOpenTag(html, from, TAG_IN_HTML);
    if (tag === null) continue;
    if (tag.name === 'img') images.push(htmlEmbed(block, { from, to: tag.end, tag }));
    TAG_OR_COMMENT.lastIndex = RAW_TEXT.test(tag.name) ? rawTextEnd(html, tag) : tag.end;
  }
  return images.filter((image) => image !== null);
}

function rawTextEnd(html: string, tag: HtmlTag): number {
  const closing = new RegExp(`</${tag.name}`, 'gi');
  closing.lastIndex = tag.end;
  return closing.exec(html)?.index ?? html.length;
}

/** Returns the embed for an `<img>` tag, or null if the tag has no source. */
export function htmlEmbed(block: NoteBlock, image: Span & { readonly tag: HtmlTag }): ImageEmbed | null {
  const { text, from: offset } = block;
  const find = (name: string) => image.tag.attributes.find((attribute) => attribute.name === name);
  // A table removes the escape before the cell is parsed. https://github.github.com/gfm/#example-200
  const decode = ({ from, to }: Span) => {
    const raw = text.slice(from, to);
    return decodeHTMLAttribute(block.kind === 'cell' ? raw.replaceAll('\\|', '|') : raw);
  };
  const value = (name: string) => {
    const span = find(name)?.value;
    return span ? decode(span) : null;
  };
  const src = find('src')?.value;
  if (!src) return null;
  const alt = find('alt');
  // A bare `alt` equals `alt=""`.
  const altSpan = alt === undefined ? null : (alt.value ?? { from: alt.nameEnd, to: alt.nameEnd });
  return {
    from: offset + image.from,
    to: offset + image.to,
    syntax: 'html',
    alt: withoutBraces(value('alt') ?? ''),
    altSpan: altSpan && shift(altSpan, offset),
    target: decode(src).trim(),
    targetSpan: shift(src, offset),
    // An HTML image has width and height attributes instead of Obsidian's size.
    size: null,
    sizeSpan: null,
    title: value('title'),
    reference: null,
    inTable: block.kind === 'cell',
  };
}

/** Unwraps a string literal in JSX braces; returns other expressions unchanged. */
function withoutBraces(value: string): string {
  return /^\{\s*(["'`])((?:(?!\1|\$\{|\\).)*)\1\s*\}$/s.exec(value)?.[2] ?? value;
}
