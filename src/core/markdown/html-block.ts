import { readOpenTag, TAG_IN_MARKDOWN } from './html-tag.ts';

const RAW = /^<(?:pre|script|style|textarea)(?:[ \t\r>]|$)/i;
const BLOCK_TAG =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[ \t\r]|\/?>|$)/i;
const CLOSING_TAG = /^<\/[a-zA-Z][a-zA-Z0-9-]*[ \t]*>/;

/** The end condition of an HTML block: a line that matches the pattern, or a blank line for null. */
export interface HtmlBlockKind {
  readonly end: RegExp | null;
}

const KINDS: readonly (HtmlBlockKind & { readonly start: RegExp })[] = [
  { start: RAW, end: /<\/(?:pre|script|style|textarea)>/i },
  { start: /^<!--/, end: /-->/ },
  { start: /^<\?/, end: /\?>/ },
  { start: /^<![a-zA-Z]/, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
  { start: BLOCK_TAG, end: null },
];

/**
 * @param line the rest of the line from its `<` on
 * @param interrupts whether a paragraph precedes the line; a single unknown tag can't interrupt it
 * @returns null if no HTML block starts
 * @see https://spec.commonmark.org/0.31.2/#html-blocks
 */
export function htmlBlockKind(line: string, interrupts: boolean): HtmlBlockKind | null {
  const kind = KINDS.find(({ start }) => start.test(line));
  if (kind !== undefined) return kind;
  if (interrupts) return null;
  const end = CLOSING_TAG.exec(line)?.[0].length ?? readOpenTag(line, 0, TAG_IN_MARKDOWN)?.end;
  return end !== undefined && line.slice(end).trim() === '' ? { end: null } : null;
}
