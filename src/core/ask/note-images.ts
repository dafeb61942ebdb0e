import { noteLanguage } from '../language/note-language.ts';
import type { ImageContext } from '../model/image-description.ts';
import type { ImageEmbed } from '../note/image-embed.ts';
import { imageSource } from '../note/image-source.ts';
import { listImages } from '../note/list-images.ts';
import { readContext } from '../note/note-context.ts';
import type { VaultIndex } from '../note/resolve-image.ts';
import type { DetectLanguage } from '../ports.ts';

/** An image of a note that can be asked about. */
export interface NoteImage {
  /** Relative to the vault, or a URL. */
  readonly file: string;
  /** Its first embed in the note. */
  readonly embed: ImageEmbed;
  /** All its embeds in the note, in order. */
  readonly embeds: readonly ImageEmbed[];
  /** Context for the model that describes it. */
  readonly context: ImageContext;
}

export interface NoteImagesOptions {
  /** A code, or `auto` for the language of the note. */
  readonly language: string;
  /** The code to use if the language of the note is uncertain. */
  readonly fallbackLanguage: string;
  /** Whether to fetch remote images. */
  readonly remote: boolean;
}

/** The readable images of a note, without duplicates, in the order of their first embeds. */
export function noteImages(
  { path, markdown }: { readonly path: string; readonly markdown: string },
  { language, fallbackLanguage, remote }: NoteImagesOptions,
  { index, detectLanguage }: { readonly index: VaultIndex; readonly detectLanguage: DetectLanguage },
): NoteImage[] {
  const listed = listImages(path, markdown, index);
  const context = readContext(
    markdown,
    path,
    listed.map(({ embed }) => embed),
  );
  const { code } = noteLanguage(language, context.text, detectLanguage, fallbackLanguage);
  const embedsOf = new Map<string, [ImageEmbed, ...ImageEmbed[]]>();
  for (const { embed, image } of listed) {
    const file = imageSource(image, remote);
    if (file === null) continue;
    const embeds = embedsOf.get(file);
    if (embeds === undefined) embedsOf.set(file, [embed]);
    else embeds.push(embed);
  }
  return [...embedsOf].map(([file, embeds]) => {
    const [embed] = embeds;
    return { file, embed, embeds, context: { language: code, alt: embed.alt, ...context.around(embed) } };
  });
}

/** The text around an image. */
export const textAround = ({ before, after }: ImageContext): string => `${before}\n${after}`;
