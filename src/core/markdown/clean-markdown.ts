import { Lexer, type Token, Tokenizer, type Tokens } from 'marked';
import { oneLine } from '../text/one-line.ts';
import { CHARACTER_REFERENCE, decodeToken } from './character-references.ts';
import { escapeMarkdown } from './escape-markdown.ts';

export interface CleanOptions {
  /** Level of the highest heading, 1 to 6. */
  readonly topHeading: number;
  /** Returns the parts of a text to replace, in order. */
  readonly replace: (words: string) => readonly Replacement[];
}

/** UTF-16 offsets; `to` is exclusive. The Markdown is inserted without escapes. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly markdown: string;
}

/**
 * Nesting depth at which Markdown is certainly not written by a person and could overflow the stack of the
 * parser.
 */
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))){30}/m;
/** Longest part of an answer that is read, in UTF-16 units. */
const MAX_LENGTH = 50_000;

/** Code languages that no plugin runs in a note, unlike `dataview`. */
const KNOWN_LANGUAGE =
  /^(?:bash|c|cpp|csharp|css|go|html|java|javascript|js|json|kotlin|latex|lua|php|py|python|r|ruby|rust|sh|sql|swift|tex|text|toml|ts|typescript|xml|yaml)$/i;

const REFERENCE = new RegExp(CHARACTER_REFERENCE, 'g');
/** Inline math without characters that could end another construct. */
const MATH = /\$(?=[^\s$])(?:[^$\n<>|%`[\]]|\[(?!\[)|\](?!\())+(?<![\s\\])\$(?!\d)/g;

/** Ignores link definitions, which would affect the whole note. */
class CleanTokenizer extends Tokenizer {
  override def(): undefined {
    return undefined;
  }
}

/**
 * Makes the Markdown answer of a model safe to insert in a note. Rewrites headings, lists, tables,
 * blockquotes, code, emphasis, math and web links; reduces HTML, embeds, links into the vault, tags and other
 * active syntax to plain text.
 */
export function cleanMarkdown(markdown: string, options: CleanOptions): string {
  const text = markdown.slice(0, MAX_LENGTH).replace(/\r\n?/g, '\n');
  if (TOO_DEEP.test(text)) return paragraph(escapeWords(text, options));
  const tokens = new Lexer({ gfm: true, tokenizer: new CleanTokenizer() }).lex(text);
  const levels = tokens.flatMap((token) =>
    token.type === 'heading' ? [(token as Tokens.Heading).depth] : [],
  );
  const shift = options.topHeading - Math.min(6, ...levels);
  return blocks(tokens, { ...options, shift }).join('\n\n');
}

interface Context extends CleanOptions {
  /** Offset added to each heading level. */
  readonly shift: number;
}

function blocks(tokens: readonly Token[], context: Context): string[] {
  return tokens.map((token) => block(token, context)).filter((text) => text.trim() !== '');
}

function block(token: Token, context: Context): string {
  switch (token.type) {
    case 'space':
      return '';
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const words = inline(tokens, context);
      return words === ''
        ? ''
        : `${'#'.repeat(Math.min(6, Math.max(context.topHeading, depth + context.shift)))} ${words}`;
    }
    case 'code':
      return code(token as Tokens.Code);
    case 'blockquote':
      return prefixed(blocks((token as Tokens.Blockquote).tokens, context).join('\n\n'), '> ', '> ');
    case 'list':
      return list(token as Tokens.List, context);
    case 'hr':
      return '---';
    case 'table':
      return table(token as Tokens.Table, context);
    case 'paragraph':
    case 'text':
      return paragraph(inline((token as Tokens.Text).tokens ?? [token], context));
    default:
      return paragraph(escapeWords(withoutTags(token.raw), context));
  }
}

/** Escapes a block marker at the start of a line. */
function paragraph(words: string): string {
  return words
    .trim()
    .replace(/^(?:[-+:=#](?=\s|=|-|$)|#)/, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

function code({ text, lang = '' }: Tokens.Code): string {
  const fence = '`'.repeat(
    Math.max(3, 1 + Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))),
  );
  return `${fence}${KNOWN_LANGUAGE.test(lang) ? lang : 'text'}\n${text.replaceAll('<%', '< %')}\n${fence}`;
}

function list({ ordered, start, items }: Tokens.List, context: Context): string {
  const first = typeof start === 'number' ? start : 1;
  const written = items.map(({ tokens, task, checked }, index) => {
    const mark = ordered ? `${first + index}. ` : '- ';
    const box = task ? `[${checked === true ? 'x' : ' '}] ` : '';
    const inner = tokens.filter(({ type }) => type !== 'checkbox');
    return prefixed(box + blocks(inner, context).join('\n'), mark, ' '.repeat(mark.length));
  });
  return written.filter((item) => item.trim() !== '').join('\n');
}

function table({ header, rows, align }: Tokens.Table, context: Context): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = align.map((side) => (side === null ? '---' : RULES[side]));
  return [header, ...rows]
    .map((cells) => row(cells.map(({ tokens }) => inline(tokens, context))))
    .toSpliced(1, 0, row(rule))
    .join('\n');
}

const RULES = { left: ':--', right: '--:', center: ':-:' } as const;

/** Adds a prefix to the first line and another to all following lines. */
function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : others}${line}`.trimEnd())
    .join('\n');
}

function inline(tokens: readonly Token[], context: Context): string {
  return tokens.map((token) => inlineToken(token, context)).join('');
}

function inlineToken(token: Token, context: Context): string {
  switch (token.type) {
    case 'strong':
      return marked('**', (token as Tokens.Strong).tokens, context);
    case 'em':
      return marked('*', (token as Tokens.Em).tokens, context);
    case 'del':
      return marked('~~', (token as Tokens.Del).tokens, context);
    case 'codespan':
      return codeSpan((token as Tokens.Codespan).text);
    case 'br':
      return ' ';
    case 'escape':
      return escapeMarkdown((token as Tokens.Escape).text);
    case 'text':
      return escapeWords((token as Tokens.Text).text.replace(REFERENCE, decodeToken), context);
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const words = inline(tokens, { ...context, replace: () => [] });
      return /^https?:\/\/[^\s<>]+$/i.test(href) ? `[${words}](<${href}>)` : words;
    }
    case 'image':
      return escapeWords((token as Tokens.Image).text, context);
    default:
      return escapeWords(withoutTags(token.raw), context);
  }
}

function marked(mark: string, tokens: readonly Token[], context: Context): string {
  const words = inline(tokens, context).trim();
  return words === '' ? '' : mark + words + mark;
}

/** Returns the text content of HTML. */
function withoutTags(html: string): string {
  return html.replace(/<!--[^]*?(?:-->|$)|<\/?[a-z][^<>]*>/gi, '');
}

/** Some plugins run inline code that starts with `=`, so it is written as text. */
function codeSpan(text: string): string {
  const line = oneLine(text).replaceAll('<%', '< %');
  if (/^\$?=/.test(line) || line.includes('`')) return escapeMarkdown(line);
  return `\`${line}\``;
}

/** Escapes text except for math and replacements. */
function escapeWords(text: string, { replace }: Pick<CleanOptions, 'replace'>): string {
  const kept = [
    ...replace(text),
    ...[...text.matchAll(MATH)].map(({ index, 0: math }) => ({
      from: index,
      to: index + math.length,
      markdown: math,
    })),
  ].sort((a, b) => a.from - b.from);
  let done = 0;
  let written = '';
  for (const { from, to, markdown } of kept) {
    if (from < done) continue;
    written += escapePart(text.slice(done, from)) + markdown;
    done = to;
  }
  return written + escapePart(text.slice(done));
}

/** Escapes text as one line. Keeps a space at each end that has whitespace. */
function escapePart(text: string): string {
  const words = escapeMarkdown(oneLine(text));
  if (words === '') return /\s/.test(text) ? ' ' : '';
  return `${/^\s/.test(text) ? ' ' : ''}${words}${/\s$/.test(text) ? ' ' : ''}`;
}
