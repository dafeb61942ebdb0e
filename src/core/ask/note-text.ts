import { frontmatterEnd } from '../markdown/frontmatter.ts';
import type { NoteImage } from './note-images.ts';

/**
 * The text of a note as a model gets it with a question: its Markdown without frontmatter, with `[3]` in place of the
 * third image.
 * @param numberOf the number of an image in the conversation; 0 for none, which keeps its embed
 */
export function noteText(
  markdown: string,
  images: readonly NoteImage[],
  numberOf: (file: string) => number,
): string {
  const embeds = images
    .flatMap(({ file, embeds }) => embeds.map(({ from, to }) => ({ from, to, number: numberOf(file) })))
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.from - b.from);
  const parts: string[] = [];
  let done = frontmatterEnd(markdown);
  for (const { from, to, number } of embeds) {
    // Embeds can be inside one another, as an image in the text of a callout.
    if (from < done) continue;
    parts.push(markdown.slice(done, from), `[${number}]`);
    done = to;
  }
  parts.push(markdown.slice(done));
  return parts
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
