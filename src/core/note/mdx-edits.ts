import type { TextEdit } from '../markdown/text-edit.ts';
import type { ImageEmbed } from './image-embed.ts';

/** In MDX these begin an expression and a JSX tag wherever they stand. https://mdxjs.com/docs/what-is-mdx/ */
const SYNTAX = /(?<!\\)((?:\\\\)*)([{<])/g;

/** Whether a note is MDX, by its path. */
export function isMdx(path: string): boolean {
  return /\.mdx$/i.test(path);
}

/** Outside of code spans and blocks. */
const CODE = /(`{3,}[^]*?`{3,}|`+[^`\n]*`+)/;

/** Markdown without raw HTML, as MDX: its braces outside of code are text. */
export function mdxMarkdown(markdown: string): string {
  return markdown
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/(?<!\\)((?:\\\\)*)\{/g, '$1\\{')))
    .join('');
}

/**
 * Edits that write plain text into Markdown, so that MDX also reads plain text. Attributes of HTML tags take `{` and `<` as they are.
 * @param embeds the embeds of the text that the edits are for
 */
export function mdxEdits(edits: readonly TextEdit[], embeds: readonly ImageEmbed[]): TextEdit[] {
  const tags = embeds.filter(({ syntax }) => syntax === 'html');
  return edits.map((edit) =>
    tags.some(({ from, to }) => edit.from >= from && edit.to <= to)
      ? edit
      : { ...edit, insert: edit.insert.replace(SYNTAX, '$1\\$2') },
  );
}
