import { frontmatterEnd } from '../markdown/frontmatter.ts';
import type { Span } from '../markdown/span.ts';
import { estimateTokens } from '../text/tokens.ts';
import type { NoteImage } from './note-images.ts';

/**
 * The text of a note as a model gets it with a question: its Markdown without frontmatter, with `[3]` in place of the
 * third image.
 * @param numberOf the number of an image in the conversation; 0 for none, which keeps its embed
 * @param span the part of the note; an embed that is not entirely in it keeps its text
 */
export function noteText(
  markdown: string,
  images: readonly NoteImage[],
  numberOf: (file: string) => number,
  span: Span = { from: 0, to: markdown.length },
): string {
  const embeds = images
    .flatMap(({ file, embeds }) => embeds.map(({ from, to }) => ({ from, to, number: numberOf(file) })))
    .filter(({ from, to, number }) => number > 0 && from >= span.from && to <= span.to)
    .sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let done = Math.min(Math.max(span.from, frontmatterEnd(markdown)), span.to);
  for (const { from, to, number } of embeds) {
    // Embeds can be inside one another, as an image in the text of a callout.
    if (from < done) continue;
    parts.push(markdown.slice(done, from), `[${number}]`);
    done = to;
  }
  parts.push(markdown.slice(done, span.to));
  return parts
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Tokens of the text for a model, estimated; 0 if there is no text but images. */
export function textTokens(markdown: string, images: readonly NoteImage[]): number {
  return estimateTokens(noteText(markdown, images, () => 1).replace(/^(?:\[1\]|\s)*$/, ''));
}
