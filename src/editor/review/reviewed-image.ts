import type { CaptionOptions } from '../../core/caption/caption-notes.ts';
import type { ReadNote } from '../../core/caption/write-captions.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { Description } from '../../core/model/image-description.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { imageSource } from '../../core/note/image-source.ts';
import { type ListedImage, listImages } from '../../core/note/list-images.ts';
import type { Captioner } from '../captioner.ts';
import type { ReviewDrafts } from './review-drafts.ts';

/** A vault whose images are reviewed. */
export interface ReviewVault {
  /** Tells the vaults of a review apart. */
  readonly id: string;
  readonly captioner: Captioner;
  readonly drafts: ReviewDrafts;
  /** The URL of the image for the page; '' if it can't be shown. */
  readonly thumbnailOf: (file: string, embed: ImageEmbed) => string;
}

/** The notes and images of a vault to review. */
export interface ReviewPart {
  readonly vault: ReviewVault;
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
}

/** An image in the list, with the note as it was when the image was described. */
export interface Reviewed {
  readonly id: string;
  readonly vault: ReviewVault;
  readonly file: string;
  readonly read: ReadNote;
  readonly embed: ImageEmbed;
  /** Null if the image was skipped earlier and not sent to a model. */
  readonly outcome: { readonly description: Description } | NotesightError | null;
}

export function idOf(vault: ReviewVault, note: string, { from }: ImageEmbed): string {
  return `${vault.id}\n${note}\n${from}`;
}

export interface ImagesInNote {
  readonly read: ReadNote;
  readonly listed: readonly ListedImage[];
}

/** The images in a note as it is now; null if the note can't be read. */
export async function imagesIn({ captioner }: ReviewVault, note: string): Promise<ImagesInNote | null> {
  const { notes, files } = captioner.ports;
  const markdown = await notes.read(note).catch(() => null);
  if (markdown === null) return null;
  const listed = listImages(note, markdown, files.index());
  return { read: { note, markdown, embeds: listed.map(({ embed }) => embed) }, listed };
}

/** The images of a note that a review is about, before they are described. */
export function reviewedIn(part: ReviewPart, { read, listed }: ImagesInNote): Reviewed[] {
  const { vault, wanted } = part;
  const { remoteImages } = vault.captioner.ports.settings();
  return listed.flatMap((image) => {
    const file = imageSource(image.image, remoteImages);
    if (file === null || !wanted(image, read.note)) return [];
    const { embed } = image;
    return [{ id: idOf(vault, read.note, embed), vault, file, read, embed, outcome: null }];
  });
}
