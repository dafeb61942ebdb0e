import { imageSource } from '../note/image-source.ts';
import type { ListedImage } from '../note/list-images.ts';

/** A note with the number of its images that need alt text. */
export interface UncaptionedNote {
  readonly note: string;
  readonly images: number;
}

/** A folder with such notes, in order. */
export interface UncaptionedFolder {
  /** Relative to the vault; '' for its root. */
  readonly folder: string;
  readonly notes: readonly UncaptionedNote[];
}

/**
 * The images that need alt text, by folder and note.
 * @param wanted whether an image needs alt text
 * @param remote whether to fetch remote images
 */
export function uncaptioned(
  notes: Iterable<{ readonly note: string; readonly listed: readonly ListedImage[] }>,
  wanted: (image: ListedImage, note: string) => boolean,
  remote: boolean,
): UncaptionedFolder[] {
  const folders = new Map<string, UncaptionedNote[]>();
  for (const { note, listed } of notes) {
    const images = listed.filter(
      (image) => imageSource(image.image, remote) !== null && wanted(image, note),
    ).length;
    if (images === 0) continue;
    const folder = note.includes('/') ? note.slice(0, note.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), { note, images }]);
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, inFolder]) => ({ folder, notes: inFolder }));
}
