import { Lexer, type Token, Tokenizer, type Tokens } from 'marked';
import { CHARACTER_REFERENCE, decodeToken } from '../../core/markdown/character-references.ts';
import { findReferences } from '../../core/text/image-references.ts';
import { element } from '../dom.ts';
import { createCodeBlock, type CodeWords } from './code-block.ts';
import { MATH_EXTENSIONS, type MathToken } from './math-tokens.ts';
import { isSafeMath, type RichText } from './rich-text.ts';

/** Context for rendering an answer. */
export interface AnswerContext {
  readonly doc: Document;
  /** Number of images; a higher number is not a reference. */
  readonly images: number;
  /** Creates a link to an image. */
  readonly reference: (image: number) => HTMLElement;
  readonly openLink: (url: string) => void;
  readonly rich: RichText;
  readonly words: CodeWords;
}

/** A rendered block of an answer, with its Markdown source. */
export interface RenderedBlock {
  readonly markdown: string;
  readonly element: HTMLElement;
}

/** Deeper nesting does not occur in real text, and could overflow the parser's stack. */
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){30}/m;

/** Ignores link definitions: `[2]` always refers to an image, whatever the answer defines. */
class AnswerTokenizer extends Tokenizer {
  override def(): undefined {
    return undefined;
  }
}

/**
 * Renders untrusted Markdown as elements created one by one, from a short list of kinds. HTML, images and links other
 * than http and https are shown as plain text; nothing is loaded.
 * @param before the previous result; unchanged leading blocks are reused
 */
export function renderAnswer(
  markdown: string,
  before: readonly RenderedBlock[],
  context: AnswerContext,
): RenderedBlock[] {
  const tokens = lex(markdown);
  let same = 0;
  while (same < before.length && before[same]?.markdown === tokens[same]?.raw) same++;
  return [
    ...before.slice(0, same),
    ...tokens.slice(same).map((token) => ({ markdown: token.raw, element: block(token, context) })),
  ];
}

function lex(markdown: string): Token[] {
  const text: Tokens.Text = { type: 'text', raw: markdown, text: markdown, escaped: true };
  if (TOO_DEEP.test(markdown)) return [text];
  const tokens = new Lexer({ gfm: true, tokenizer: new AnswerTokenizer(), extensions: MATH_EXTENSIONS }).lex(
    markdown,
  );
  return tokens.filter(({ type }) => type !== 'space');
}

function block(token: Token, context: AnswerContext): HTMLElement {
  const { doc } = context;
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return withInline(element(doc, HEADINGS[depth] ?? 'h6', ''), tokens, context);
    }
    case 'code': {
      const { text, lang = '' } = token as Tokens.Code;
      return createCodeBlock(doc, { text, language: lang }, context.rich, context.words);
    }
    case 'math':
      return math(token as unknown as MathToken, 'div', context);
    case 'blockquote':
      return withBlocks(element(doc, 'blockquote', ''), (token as Tokens.Blockquote).tokens, context);
    case 'list':
      return list(token as Tokens.List, context);
    case 'hr':
      return element(doc, 'hr', '');
    case 'table':
      return table(token as Tokens.Table, context);
    case 'paragraph':
    case 'text':
      return withInline(element(doc, 'p', ''), (token as Tokens.Text).tokens ?? [token], context);
    default:
      return element(doc, 'p', '', token.raw);
  }
}

/** The panel has its own headings above these. */
const HEADINGS: readonly ('h3' | 'h4' | 'h5' | 'h6')[] = ['h3', 'h3', 'h4', 'h5', 'h6', 'h6', 'h6'];

function list({ ordered, start, items }: Tokens.List, context: AnswerContext): HTMLElement {
  const { doc } = context;
  const numbered = ordered ? element(doc, 'ol', '') : null;
  if (numbered !== null && typeof start === 'number') numbered.start = start;
  const made = numbered ?? element(doc, 'ul', '');
  for (const item of items) {
    const li = element(doc, 'li', '');
    if (item.task) li.append(item.checked === true ? '☑ ' : '☐ ');
    for (const token of item.tokens) {
      if (token.type === 'text') withInline(li, (token as Tokens.Text).tokens ?? [token], context);
      else if (token.type !== 'space' && token.type !== 'checkbox') li.append(block(token, context));
    }
    made.append(li);
  }
  return made;
}

function table({ header, rows, align }: Tokens.Table, context: AnswerContext): HTMLElement {
  const { doc } = context;
  const row = (cells: readonly Tokens.TableCell[], tag: 'th' | 'td') => {
    const tr = element(doc, 'tr', '');
    for (const [column, { tokens }] of cells.entries()) {
      const cell = withInline(element(doc, tag, ''), tokens, context);
      cell.style.textAlign = align[column] ?? '';
      tr.append(cell);
    }
    return tr;
  };
  const head = element(doc, 'thead', '');
  head.append(row(header, 'th'));
  const body = element(doc, 'tbody', '');
  body.append(...rows.map((cells) => row(cells, 'td')));
  const made = element(doc, 'table', '');
  made.append(head, body);
  const scroller = element(doc, 'div', 'notesight-table');
  scroller.tabIndex = 0;
  scroller.append(made);
  return scroller;
}

function withBlocks<E extends HTMLElement>(parent: E, tokens: readonly Token[], context: AnswerContext): E {
  for (const token of tokens) if (token.type !== 'space') parent.append(block(token, context));
  return parent;
}

function withInline<E extends HTMLElement>(parent: E, tokens: readonly Token[], context: AnswerContext): E {
  for (const token of tokens) parent.append(...inline(token, context));
  return parent;
}

function inline(token: Token, context: AnswerContext): (Node | string)[] {
  const { doc } = context;
  const { type } = token;
  switch (type) {
    case 'strong':
    case 'em':
    case 'del':
      return [withInline(element(doc, type, ''), (token as Tokens.Strong).tokens, context)];
    case 'codespan':
      return [element(doc, 'code', '', (token as Tokens.Codespan).text)];
    case 'math':
      return [math(token as unknown as MathToken, 'span', context)];
    case 'br':
      return [element(doc, 'br', '')];
    case 'escape':
      return [(token as Tokens.Escape).text];
    case 'text':
      return withReferences(decodeReferences((token as Tokens.Text).text), context);
    case 'link':
      return link(token as Tokens.Link, context);
    default:
      return [token.raw];
  }
}

/** Shows the source until the host has rendered the formula, and for a formula that it must not render. */
function math(
  { raw, latex, isBlock }: MathToken,
  tag: 'div' | 'span',
  { doc, rich }: AnswerContext,
): HTMLElement {
  const made = element(doc, tag, 'notesight-math', raw.trim());
  made.dir = 'ltr';
  if (isSafeMath(latex)) rich.showMath(made, latex, isBlock);
  return made;
}

/** Includes the address, so that readers see where the link leads. */
function link({ raw, href, text, tokens }: Tokens.Link, context: AnswerContext): (Node | string)[] {
  if (!/^https?:\/\//i.test(href)) return [raw];
  const anchor = element(context.doc, 'a', 'notesight-link');
  anchor.href = href;
  anchor.rel = 'noopener noreferrer nofollow';
  // Links can't be nested.
  withInline(anchor, tokens, { ...context, images: 0 });
  anchor.addEventListener('click', (event) => {
    event.preventDefault();
    context.openLink(href);
  });
  return text === href || `http://${text}` === href ? [anchor] : [anchor, ` (${href})`];
}

/** Decodes named and numeric character references once, so that the result is always plain text. */
function decodeReferences(text: string): string {
  return text.replace(REFERENCE, decodeToken);
}

const REFERENCE = new RegExp(CHARACTER_REFERENCE, 'g');

function withReferences(text: string, { images, reference }: AnswerContext): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let done = 0;
  for (const { from, to, images: named } of findReferences(text, images)) {
    parts.push(text.slice(done, from), ...named.map(reference));
    done = to;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== '');
}
