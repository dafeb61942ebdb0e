import { type Position, type TextDocument, type Uri, window } from 'vscode';
import type { CaptionOptions } from '../../../core/caption/caption-notes.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { captionNewImage, copiedDescription, notExcluded } from '../../../editor/caption-actions.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import { jobsFor, jobsForImages, remainingJobs } from './caption-jobs.ts';
import type { CaptionRuns } from './caption-runs.ts';
import { createFindImageInNote } from './image-in-note.ts';
import { createRefineAt, type RefineAt } from './refine-command.ts';

/** Captioning commands for the images of notes. */
export interface Captions {
  /** Captions the image at a position in a note, if it needs alt text. */
  captionAt(document: TextDocument, position: Position): Promise<void>;
  /** Regenerates the existing alt text, after a review. */
  regenerate(document: TextDocument, position: Position): Promise<void>;
  /** Changes the existing alt text by feedback. */
  readonly refineAt: RefineAt;
  /** Captions all images that need alt text in notes and in the notes of folders. */
  captionAll(files: readonly Uri[]): Promise<void>;
  /** Captions image files in all notes of their vaults, where they need alt text. */
  captionImages(images: readonly Uri[]): Promise<void>;
  /** Adds a description below each image of a note, after a review; alt text written by the user stays. */
  describeBelow(note: Uri): Promise<void>;
  /** Captions an image just added to a note; shows only errors. */
  captionAdded(note: Uri, file: string): Promise<void>;
  /** The description of the image at a position, to copy it; null after reporting that there is none. */
  description(document: TextDocument, position: Position): Promise<string | null>;
  /** Resumes the batch that is paused or was interrupted by a restart, with the remaining images. */
  resumeBatch(): Promise<void>;
  /** Offers to resume a batch after a restart, if images remain. */
  offerBatch(): Promise<void>;
}

export function createCaptions(services: Services, vaults: Vaults, runs: CaptionRuns): Captions {
  const { words, workOf, unfinished } = services;
  const findImage = createFindImageInNote(services, vaults);

  function offerRegenerate(document: TextDocument, position: Position): void {
    const { rewrite } = words.fixes;
    void window.showInformationMessage(words.notices.hasWords, rewrite).then((clicked) => {
      if (clicked !== undefined) void captions.regenerate(document, position);
    });
  }

  const captions: Captions = {
    async captionAt(document, position) {
      const image = await findImage(document, position);
      if (image === null) return;
      const { embed, note, vault } = image;
      if (needsAltText(embed) === null) offerRegenerate(document, position);
      else await runs.caption([{ work: workOf(vault), notes: [note], wanted: only(embed) }]);
    },
    async regenerate(document, position) {
      const image = await findImage(document, position);
      if (image === null) return;
      const work = workOf(image.vault);
      const job = { work, notes: [image.note], wanted: only(image.embed) };
      await runs.review([job], { useLog: false, keepsAlt: false, isSingle: true });
    },
    refineAt: createRefineAt(services, findImage, runs.showWritten),
    async captionAll(files) {
      const jobs = await jobsFor(files, vaults, workOf);
      await runs.caption(jobs, { chosen: files.map((file) => file.toString()), resumed: null });
    },
    async captionImages(files) {
      await runs.caption(await jobsForImages(files, vaults, workOf));
    },
    async resumeBatch() {
      const batch = unfinished.resumable;
      if (batch === null) {
        void window.showInformationMessage(words.paused.nothing);
        return;
      }
      const jobs = await remainingJobs(batch, vaults, workOf);
      await runs.caption(jobs, { chosen: batch.chosen, resumed: batch });
    },
    async offerBatch() {
      const batch = unfinished.resumable;
      if (batch === null) return;
      if ((await runs.count(await remainingJobs(batch, vaults, workOf))) > 0) runs.showPaused();
      else unfinished.dismiss();
    },
    async describeBelow(note) {
      const vault = await vaults.of(note);
      const work = workOf(vault);
      const job = { work, notes: [vault.pathOf(note)], wanted: notExcluded(work.settings()) };
      await runs.review([job], { useLog: true, keepsAlt: true, isSingle: false });
    },
    async captionAdded(uri, file) {
      const vault = await vaults.of(uri);
      try {
        const paths = { note: vault.pathOf(uri), image: file };
        await services.consent.inBackground(async () => {
          await captionNewImage(workOf(vault).captioner, () => paths);
        });
      } catch (error) {
        reportInStatusBar(error, file, services);
      }
    },
    async description(document, position) {
      const image = await findImage(document, position);
      if (typeof image?.file !== 'string') return null;
      const record = await workOf(image.vault).lastRecord(image.file);
      if (record !== null) return copiedDescription(record);
      void window.showInformationMessage(words.notices.notDescribed);
      return null;
    },
  };
  return captions;
}

/** @throws any error that is not a NotesightError */
function reportInStatusBar(error: unknown, file: string, { explain, log }: Services): void {
  if (!(error instanceof NotesightError)) throw error;
  if (isCancelled(error)) return;
  const { message, advice } = explain(error);
  log.warn(`${file}: ${message} ${advice}`);
  void window.setStatusBarMessage(`Notesight: ${message}`, 10_000);
}

function only({ from }: ImageEmbed): CaptionOptions['wanted'] {
  return (listed) => listed.embed.from === from;
}
