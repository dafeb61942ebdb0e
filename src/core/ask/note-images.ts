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
  /** Relative to the vault, or an address on the web. */
  readonly file: string;
  /** The first place in the note where it stands. */
  readonly embed: ImageEmbed;
  /** For the model that describes it. */
  readonly context: ImageContext;
}

export interface NoteImagesOptions {
  /** A code, or `auto` for the note's own. */
  readonly language: string;
  /** The code that holds where the note's own language is not sure. */
  readonly fallbackLanguage: string;
  /** Whether images on the web are fetched. */
  readonly remote: boolean;
}

/** The images of a note that can be read, each once, in the order in which they stand there. */
export function noteImages(
  note: string,
  markdown: string,
  index: VaultIndex,
  { language, fallbackLanguage, remote }: NoteImagesOptions,
  detectLanguage: DetectLanguage,
): NoteImage[] {
  const listed = listImages(note, markdown, index);
  const context = readContext(
    markdown,
    note,
    listed.map(({ embed }) => embed),
  );
  const { code } = noteLanguage(language, context.text, detectLanguage, fallbackLanguage);
  const images = new Map<string, NoteImage>();
  for (const { embed, image } of listed) {
    const file = imageSource(image, remote);
    if (file === null || images.has(file)) continue;
    images.set(file, { file, embed, context: { language: code, ...context.around(embed) } });
  }
  return [...images.values()];
}

/** The words around an image. */
export const wordsAround = ({ before, after }: ImageContext): string => `${before}\n${after}`;
