import type { ImageResult } from '../core/caption/image-result.ts';
import type { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import { shownSource, shownTarget } from '../core/note/inline-source.ts';
import type { ListedImage } from '../core/note/list-images.ts';

/** An image of a batch that failed, and why. */
export interface FailedImage {
  readonly note: string;
  /** As shown to people; '' if the whole note failed. */
  readonly image: string;
  /** UTF-16 offset of its embed in the note when the note was read; 0 if the whole note failed. */
  readonly from: number;
  readonly reason: Explanation;
}

/** The images of a batch that failed, in order. */
export function failedImages(
  results: readonly ImageResult[],
  explain: (error: NotesightError) => Explanation,
): FailedImage[] {
  return results.flatMap(({ note, embed, file, status, error }) => {
    if (status !== 'failed' || error === null) return [];
    const image = file === null ? shownTarget(embed?.target ?? '') : shownSource(file);
    return [{ note, image, from: embed?.from ?? 0, reason: explain(error) }];
  });
}

/** The failed images as a Markdown list, for the clipboard. */
export function reportText(failed: readonly FailedImage[]): string {
  return failed
    .map(({ note, image, reason }) => {
      const place = image === '' ? note : `${note}: ${image}`;
      return `- ${place}: ${reason.message} ${reason.advice}`.trimEnd();
    })
    .join('\n');
}

/**
 * What a batch needs to retry the images that failed: their notes, and a test for the images.
 * @param wanted the test of the batch
 */
export function failedTargets(
  results: readonly ImageResult[],
  wanted: (image: ListedImage, note: string) => boolean,
): {
  readonly notes: readonly string[];
  readonly wanted: (image: ListedImage, note: string) => boolean;
} {
  const failed = results.filter(({ status }) => status === 'failed');
  const whole = new Set(failed.flatMap(({ note, embed }) => (embed === null ? [note] : [])));
  const targets = new Set(failed.map(({ note, embed }) => `${note}\n${embed?.target ?? ''}`));
  return {
    notes: [...new Set(failed.map(({ note }) => note))],
    wanted: (image, note) =>
      wanted(image, note) && (whole.has(note) || targets.has(`${note}\n${image.embed.target}`)),
  };
}
