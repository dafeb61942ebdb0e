import type { TextEdit } from '../markdown/text-edit.ts';
import type { ImageEmbed } from './image-embed.ts';

/**
 * Unescaped marks that begin an expression and a JSX tag anywhere in MDX, and the first alone.
 * https://mdxjs.com/docs/what-is-mdx/
 */
const MARK = /(?<!\\)((?:\\\\)*)([{<])/g;
const BRACE = /(?<!\\)((?:\\\\)*)(\{)/g;
const ESCAPED = '$1\\$2';

/** Whether a note is MDX, by its path. */
export function isMdx(path: string): boolean {
  return /\.mdx$/i.test(path);
}

/** Code spans and blocks, in which braces are code. */
const CODE = /(`{3,}[^]*?`{3,}|`+[^`\n]*`+)/;

/** Escapes the braces in Markdown without raw HTML, so that MDX reads them as text. */
export function mdxMarkdown(markdown: string): string {
  return markdown
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(BRACE, ESCAPED)))
    .join('');
}

/**
 * Escapes the plain text that edits write, so that MDX reads it as text. In attributes of HTML tags, nothing is escaped.
 * @param embeds the embeds of the text that the edits are for
 */
export function mdxEdits(edits: readonly TextEdit[], embeds: readonly ImageEmbed[]): TextEdit[] {
  const tags = embeds.filter(({ syntax }) => syntax === 'html');
  return edits.map((edit) =>
    tags.some(({ from, to }) => edit.from >= from && edit.to <= to)
      ? edit
      : { ...edit, insert: edit.insert.replace(MARK, ESCAPED) },
  );
}
