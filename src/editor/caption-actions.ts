import type { CaptionOptions, StoppedEvent } from '../core/caption/caption-notes.ts';
import type { ImageResult } from '../core/caption/image-result.ts';
import type { DetailOffer } from '../core/caption/detail-survey.ts';
import type { UndoneNote } from '../core/caption/undo-batch.ts';
import { isChangedMeanwhile } from '../core/error-kinds.ts';
import type { NotesightError } from '../core/errors.ts';
import type { Description } from '../core/model/image-description.ts';
import { imageSource } from '../core/note/image-source.ts';
import { listImages } from '../core/note/list-images.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { SkippedImages } from '../core/storage/skipped-images.ts';
import type { Captioner, CaptionerPorts, JobEnd } from './captioner.ts';
import type { CaptionCounts } from './messages/counts.ts';
import { createIsExcluded } from './is-excluded.ts';
import { needsCaption } from './needs-caption.ts';

/** Maximum number of attempts for an image whose note or file was renamed or edited in the meantime. */
const MAX_TRIES = 3;

export function captionCounts(results: readonly ImageResult[]): CaptionCounts {
  const count = (status: ImageResult['status']) => results.filter((each) => each.status === status).length;
  return {
    written: count('written'),
    // Of the images not sent to a model, only those with alt text count as unchanged.
    kept: results.filter(({ status, alt }) => status === 'kept' && alt !== '').length,
    failed: count('failed'),
    incomplete: results.filter(({ incomplete }) => incomplete).length,
  };
}

/** The message to show at the end of a job. */
export type CaptionOutcome =
  | { readonly kind: 'paused'; readonly pause: StoppedEvent }
  | { readonly kind: 'stopped'; readonly counts: CaptionCounts }
  /** Nothing was written and at least one image failed. */
  | { readonly kind: 'failed'; readonly error: NotesightError }
  | { readonly kind: 'done'; readonly counts: CaptionCounts; readonly offer: DetailOffer | null };

export function captionOutcome({ results, stopped, offer, pause }: JobEnd): CaptionOutcome {
  if (pause !== null) return { kind: 'paused', pause };
  const counts = captionCounts(results);
  if (stopped) return { kind: 'stopped', counts };
  const error = results.find(({ status }) => status === 'failed')?.error ?? null;
  if (error !== null && counts.written === 0) return { kind: 'failed', error };
  return { kind: 'done', counts, offer };
}

/** Whether the user reviews alt text before it is written. @param count number of images */
export function isReviewed({ review }: Pick<Settings, 'review'>, count: number): boolean {
  return review === 'always' || (review === 'batches' && count > 1);
}

/** The images of a note, and those that a job includes. */
export interface NoteSurvey {
  readonly note: string;
  /** The source of each image of the note, in order; null if it can't be described. */
  readonly sources: readonly (string | null)[];
  /** Indices in `sources` of the images that would be described. */
  readonly wanted: readonly number[];
}

/** Reads the notes of a job. A note that can't be read has no images here; the job itself reports the error. */
export async function surveyNotes(
  { files, notes: store, settings }: Pick<CaptionerPorts, 'files' | 'notes' | 'settings'>,
  notes: readonly string[],
  wanted: CaptionOptions['wanted'],
): Promise<NoteSurvey[]> {
  const index = files.index();
  const { remoteImages } = settings();
  const surveys: NoteSurvey[] = [];
  for (const note of notes) {
    const listed = listImages(note, await store.read(note).catch(() => ''), index);
    const sources = listed.map(({ image }) => imageSource(image, remoteImages));
    const isWanted = (at: number) => {
      const image = listed[at];
      return sources[at] !== null && image !== undefined && wanted(image, note);
    };
    surveys.push({ note, sources, wanted: [...listed.keys()].filter(isWanted) });
  }
  return surveys;
}

/**
 * Returns a test for the images to describe below them: all that are not excluded.
 * @param skipped the images that the user left out one by one; null if the host can't do that
 */
export function notExcluded(
  settings: Pick<Settings, 'leaveOut' | 'folderRules'>,
  skipped: SkippedImages | null = null,
): CaptionOptions['wanted'] {
  const isExcluded = createIsExcluded(settings, skipped);
  return (listed, note) => !isExcluded(listed, note);
}

/**
 * Captions one image that was just added to a note. If the note or the image was edited or renamed in the meantime,
 * it is retried: the answer is in the log by then and goes to the new location of the image.
 * @param paths returns the current paths of the note and the image; null if one of them is gone
 * @returns whether the user stopped it
 * @throws NotesightError the error of the last attempt
 */
export async function captionNewImage(
  captioner: Captioner,
  paths: () => { readonly note: string; readonly image: string } | null,
): Promise<'done' | 'stopped'> {
  const { settings } = captioner.ports;
  for (let attempt = 1; ; attempt++) {
    const now = paths();
    if (now === null) return 'done';
    const needs = needsCaption(settings());
    const wanted: CaptionOptions['wanted'] = (listed, note) =>
      listed.image.kind === 'file' && listed.image.path === now.image && needs(listed, note);
    const job = { notes: [now.note], wanted, write: true, useLog: true };
    const { results, stopped, pause } = await captioner.run(job, () => undefined);
    if (stopped) return 'stopped';
    if (pause !== null) throw pause.error;
    const error = results.find(({ status }) => status === 'failed')?.error ?? null;
    if (error === null || paths() === null) return 'done';
    if (!isChangedMeanwhile(error) || attempt === MAX_TRIES) throw error;
  }
}

/** Undoes the newest batch of several vaults. @returns null if there is none. @throws NotesightError */
export async function undoNewest(captioners: readonly Captioner[]): Promise<readonly UndoneNote[] | null> {
  let newest: Captioner | null = null;
  let newestId = '';
  for (const captioner of captioners) {
    const { journal } = await captioner.ports.openVaultData();
    const id = (await journal.lastBatch())?.id ?? '';
    if (id > newestId) [newest, newestId] = [captioner, id];
  }
  return newest === null ? null : newest.undo();
}

/** A description in the form it is copied: the description, then the text in the image. */
export function copiedDescription({
  alt,
  description,
  text,
}: Pick<Description, 'alt' | 'description' | 'text'>): string {
  return [description || alt, text].filter((part) => part !== '').join('\n\n');
}
