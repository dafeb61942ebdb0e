import { frontmatterEnd } from '../markdown/frontmatter.ts';
import type { Span } from '../markdown/span.ts';
import type { Description } from '../model/image-description.ts';
import { withShortDataUrls } from '../note/data-url.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { cutToTokens } from '../text/cut-to-tokens.ts';
import { oneLine } from '../text/one-line.ts';

/** An image with its description, or null if nothing is known but its alt text. */
export interface ShownImage {
  readonly embed: ImageEmbed;
  readonly description: Description | null;
}

/** The text of a note for a model. */
export interface NoteText {
  readonly text: string;
  /** The positions of the images in it, in order. */
  readonly images: readonly Span[];
}

/**
 * The Markdown of a note without its frontmatter, with text instead of each embed: `[image 1: …]`. Numbers count the
 * embeds from 1. The content of `data:` URIs is left out.
 * @param images all embeds of the note, in order
 * @param maxTokens for the text of one image
 */
export function noteText(note: string, images: readonly ShownImage[], maxTokens: number): NoteText {
  let text = '';
  const spans: Span[] = [];
  let done = frontmatterEnd(note);
  for (const [index, image] of images.entries()) {
    text += withShortDataUrls(note.slice(done, image.embed.from));
    const from = text.length;
    text += cutToTokens(`[image ${index + 1}: ${imageText(image)}`, maxTokens - 1) + ']';
    spans.push({ from, to: text.length });
    done = image.embed.to;
  }
  return { text: text + withShortDataUrls(note.slice(done)), images: spans };
}

function imageText({ embed, description }: ShownImage): string {
  if (description === null) return inBrackets(embed.alt === '' ? 'unknown' : embed.alt);
  if (description.decorative) return 'decoration';
  const { alt, description: details, text } = description;
  const parts = [alt === '' ? embed.alt : alt, details, text === '' ? '' : `Text in it: ${text}`];
  return inBrackets(parts.filter((part) => part !== '').join(' '));
}

function inBrackets(words: string): string {
  return oneLine(words).replace(/\[/g, '(').replace(/\]/g, ')');
}
