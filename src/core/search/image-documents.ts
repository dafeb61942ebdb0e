import { imageSource } from '../note/image-source.ts';
import { listImages } from '../note/list-images.ts';
import { readContext } from '../note/note-context.ts';
import type { VaultIndex } from '../note/resolve-image.ts';

/** The description of an image in the log. */
export interface KnownImage {
  readonly alt: string;
  readonly description: string;
  readonly text: string;
  readonly tags: readonly string[];
}

/** One embed of an image in a note, with all the text that it can be found by. */
export interface ImageDocument {
  /** Relative to the vault. */
  readonly note: string;
  /** UTF-16 offsets of the embed in the note; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Relative to the vault, or a URL. */
  readonly file: string;
  /** Its alt text in the note; if that is missing or a placeholder, the generated one. */
  readonly alt: string;
  readonly description: string;
  /** The text in the image. */
  readonly text: string;
  readonly tags: readonly string[];
  /** Whether the image has a description. */
  readonly isDescribed: boolean;
  readonly noteTitle: string;
  /** The text of the note around it. */
  readonly before: string;
  readonly after: string;
}

/**
 * The embeds of a note.
 * @param known returns the description of the image at a path
 */
export function imageDocuments(
  note: string,
  markdown: string,
  index: VaultIndex,
  known: (file: string) => KnownImage | undefined,
): ImageDocument[] {
  const listed = listImages(note, markdown, index);
  if (listed.length === 0) return [];
  const context = readContext(
    markdown,
    note,
    listed.map(({ embed }) => embed),
  );
  return listed.flatMap(({ embed, image, altProblem }) => {
    const file = imageSource(image, true);
    if (file === null) return [];
    const logged = known(file);
    const { noteTitle, before, after } = context.around(embed);
    const document: ImageDocument = {
      note,
      from: embed.from,
      to: embed.to,
      file,
      alt: altProblem === null ? embed.alt : (logged?.alt ?? embed.alt),
      description: logged?.description ?? '',
      text: logged?.text ?? '',
      tags: logged?.tags ?? [],
      isDescribed: logged !== undefined,
      noteTitle,
      before,
      after,
    };
    return [document];
  });
}
