/** Offsets of an attribute in the parsed text. The value excludes its quotes. */
export interface HtmlAttribute {
  /** Lowercase. */
  readonly name: string;
  readonly nameEnd: number;
  /** Null if the attribute has no value. */
  readonly value: { readonly from: number; readonly to: number } | null;
}

export interface HtmlTag {
  /** Lowercase. */
  readonly name: string;
  readonly attributes: readonly HtmlAttribute[];
  /** Offset after the `>`. */
  readonly end: number;
}

interface TagGrammar {
  readonly attribute: RegExp;
  readonly close: RegExp;
}

const NAME = /<([a-zA-Z][a-zA-Z0-9-]*)/y;

/**
 * A JavaScript expression in braces as an MDX attribute value, with nested braces. Its length is limited
 * because the regex engine keeps every character on its stack.
 * @see https://mdxjs.com/docs/what-is-mdx/#jsx
 */
const EXPRESSION = String.raw`\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}\}){0,2000}\}`;

/** An open tag in a line of Markdown or MDX. https://spec.commonmark.org/0.31.2/#open-tag */
export const TAG_IN_MARKDOWN: TagGrammar = {
  attribute: new RegExp(
    String.raw`[ \t\r\n]+([a-zA-Z_:][a-zA-Z0-9_.:-]*|\{\.{3}[^{}]*\})` +
      String.raw`(?:[ \t\r\n]*=[ \t\r\n]*("[^"]*"|'[^']*'|${EXPRESSION}|[^ \t\r\n"'=<>\x60]+))?`,
    'y',
  ),
  close: /[ \t\r\n]*\/?>/y,
};

/** An open tag in an HTML block, parsed as leniently as in browsers. https://html.spec.whatwg.org/#tokenization */
export const TAG_IN_HTML: TagGrammar = {
  attribute: new RegExp(
    String.raw`[\s/]*(\{\.{3}[^{}]*\}|[^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|${EXPRESSION}|[^\s"'>][^\s>]*))?`,
    'y',
  ),
  close: /[\s/]*>/y,
};

/** Reads the open tag with its `<` at `at`; returns null if there is none. */
export function readOpenTag(text: string, at: number, grammar: TagGrammar): HtmlTag | null {
  const tagName = matchAt(NAME, text, at);
  if (tagName === null) return null;
  let end = at + tagName[0].length;
  const attributes: HtmlAttribute[] = [];
  for (;;) {
    const attribute = matchAt(grammar.attribute, text, end);
    const attributeName = attribute?.[1];
    if (attribute === null || attributeName === undefined) break;
    const attributeEnd = end + attribute[0].length;
    const value = attribute[2];
    const nameEnd = end + attribute[0].indexOf(attributeName) + attributeName.length;
    const quote = value !== undefined && /^["']/.test(value) ? 1 : 0;
    attributes.push({
      name: attributeName.toLowerCase(),
      nameEnd,
      value:
        value === undefined ? null : { from: attributeEnd - value.length + quote, to: attributeEnd - quote },
    });
    end = attributeEnd;
  }
  const close = matchAt(grammar.close, text, end);
  return close === null
    ? null
    : { name: (tagName[1] ?? '').toLowerCase(), attributes, end: end + close[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
