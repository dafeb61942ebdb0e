import type { MarkedOptions } from 'marked';

/** A formula in an answer. */
export interface MathToken {
  readonly type: 'math';
  readonly raw: string;
  readonly latex: string;
  readonly isBlock: boolean;
}

/**
 * As in Pandoc, a dollar sign opens a formula before a non-space and closes it after one, unless a digit follows: "$5
 * and $10" are prices. Source: https://pandoc.org/MANUAL.html#extension-tex_math_dollars
 */
const INLINE = [
  /^\$\$(?!\s)((?:\\[^]|[^\\$])+?)\$\$/,
  /^\$(?![\s$])((?:\\[^]|[^\\$\n])*?[^\\$\s])\$(?!\d)/,
  /^\\\(([^]+?)\\\)/,
  /^\\\[([^]+?)\\\]/,
];
const BLOCK = [/^ {0,3}\$\$([^]+?)\$\$[ \t]*(?:\n|$)/, /^ {0,3}\\\[([^]+?)\\\][ \t]*(?:\n|$)/];

/** No formula contains a blank line. */
function find(source: string, patterns: readonly RegExp[], isBlock: boolean): MathToken | undefined {
  const end = source.search(/\n[ \t]*\n/);
  const paragraph = end < 0 ? source : source.slice(0, end + 1);
  for (const pattern of patterns) {
    const [raw, latex] = pattern.exec(paragraph) ?? [];
    if (raw !== undefined && latex !== undefined && latex.trim() !== '')
      return { type: 'math', raw, latex: latex.trim(), isBlock };
  }
  return undefined;
}

/** Extensions for the lexer of marked: formulas as in LaTeX and in Obsidian. */
export const MATH_EXTENSIONS: NonNullable<MarkedOptions['extensions']> = {
  renderers: {},
  childTokens: {},
  block: [(source) => find(source, BLOCK, true)],
  startBlock: [(source) => startOf(/\n {0,3}(?:\$\$|\\\[)/, source)],
  inline: [(source) => find(source, INLINE, false)],
  startInline: [(source) => startOf(/\$|\\[([]/, source)],
};

function startOf(pattern: RegExp, source: string): number | undefined {
  return pattern.exec(source)?.index;
}
