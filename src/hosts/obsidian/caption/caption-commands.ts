import { type App, Notice, type TAbstractFile, type TFile } from 'obsidian';
import type { CaptionOptions } from '../../../core/caption/caption-notes.ts';
import { missingImage } from '../../../core/caption/missing-image.ts';
import { mayPassLater } from '../../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { fingerprint } from '../../../core/image/fingerprint.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { CaptionRecord } from '../../../core/storage/caption-log.ts';
import {
  captionNewImage,
  captionOutcome,
  copiedDescription,
  describeBelow,
  isReviewed,
  surveyNotes,
} from '../../../editor/caption-actions.ts';
import type { Captioner, CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import { undoCounts } from '../../../editor/messages/counts.ts';
import { pauseText } from '../../../editor/pause-text.ts';
import {
  type BatchRecord,
  type UnfinishedBatch,
  type UnfinishedBatches,
  withoutFailed,
} from '../../../editor/unfinished-batch.ts';
import type { Words } from '../messages/en.ts';
import { BatchNotice } from './batch-notice.ts';
import { captionTargets, type CaptionTargets } from './caption-targets.ts';
import { createDetailQuestion } from './detail-question.ts';
import type { PastedImage } from './pasted-images.ts';
import type { WaitingImages } from './queued-images.ts';
import { placesOf, type ReviewDrafts } from './review-drafts.ts';
import { type ReviewJob, ReviewModal } from './review-modal.ts';

export interface FeaturePorts {
  readonly app: App;
  readonly captioner: Captioner;
  readonly waiting: WaitingImages;
  /** Drafts of unfinished reviews. */
  readonly drafts: ReviewDrafts;
  readonly unfinished: UnfinishedBatches;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  /** Called when the list of queued images changes. */
  readonly onWaiting: () => void;
}

/** Captioning actions, for the command palette, menus and the Obsidian command line. */
export interface Features {
  captionEmbed(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Regenerates the existing alt text, after a review. */
  describeAgain(note: TFile, embed: ImageEmbed): void;
  /** Adds a description below each image of a note, after a review; alt text written by the user stays. */
  describeUnder(note: TFile): void;
  /** Captions the images of these files as one batch. */
  captionAll(files: readonly TAbstractFile[]): Promise<void>;
  copyDescription(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Captions a pasted image; if the server is down, the image is queued. */
  captionPasted(pasted: PastedImage): Promise<void>;
  /** Captions the queued images one by one, until the server is down again or the user stops it. */
  resumeWaiting(): Promise<void>;
  /** Like `resumeWaiting`, but runs automatically and does nothing if the user stopped it. */
  retryWaiting(): Promise<void>;
  undo(): Promise<void>;
  /** Resumes the batch that is paused or was interrupted by a restart, with the remaining images. */
  resumeBatch(): Promise<void>;
  /** Like `resumeBatch`, but runs automatically and shows no message if the server is still down. */
  retryBatch(): Promise<void>;
  /** Dismisses that batch. Completed captions stay. */
  dismissBatch(): void;
  /** Closes the notice about the batch. */
  close(): void;
  /** Offers to resume a batch interrupted by a restart, if images remain. */
  offerBatch(): Promise<void>;
  /** The latest log entry of an image file, by any model and in any language. */
  known(image: TFile): Promise<CaptionRecord | null>;
}

export function createFeatures(ports: FeaturePorts): Features {
  const { app, captioner, waiting, unfinished, words, explain, settings } = ports;

  function tell(error: unknown): void {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return;
    const { message, advice } = explain(error);
    new Notice(`${message} ${advice}`, 10_000);
  }

  function review(
    notes: readonly string[],
    wanted: CaptionOptions['wanted'],
    options: Partial<Omit<ReviewJob, 'notes' | 'wanted'>> = {},
  ): void {
    const thorough = createDetailQuestion(app, words);
    const { style } = settings();
    const job = { useLog: true, style, keepsAlt: false, thorough, ...options, notes, wanted };
    new ReviewModal(app, captioner, words, explain, job, ports.drafts, (written) => {
      if (written > 0) new Notice(words.notices.done({ written, kept: 0, failed: 0 }));
    }).open();
  }

  /** Counts the images of the notes that would be described, and reports whether one has an unfinished review. */
  async function survey(
    notes: readonly string[],
    wanted: CaptionOptions['wanted'],
  ): Promise<{ readonly count: number; readonly isLeft: boolean }> {
    const surveys = await surveyNotes(captioner.ports, notes, wanted);
    const isLeft = surveys.some(({ note, sources, wanted: indices }) => {
      const places = placesOf('missing', note, sources);
      return indices.some((at) => {
        const place = places[at];
        return place != null && ports.drafts.get(place) !== null;
      });
    });
    return { count: surveys.reduce((sum, { wanted: indices }) => sum + indices.length, 0), isLeft };
  }

  /** @param chosen paths chosen by the user, for resuming the batch later; null for a single image */
  async function captionAndTell(
    { notes, wanted }: CaptionTargets,
    chosen: readonly string[] | null,
    resumed: UnfinishedBatch | null = null,
  ): Promise<void> {
    try {
      const { count, isLeft } = await survey(notes, wanted);
      if (count === 0) {
        if (resumed !== null) unfinished.dismiss();
        new Notice(words.notices.nothingToDo);
        return;
      }
      const record = chosen === null ? null : unfinished.begin(chosen, resumed);
      const suspect = resumed?.suspect ?? null;
      // Images that the user edited or skipped in an unfinished review must go through a review.
      if (isReviewed(settings(), count) || isLeft) {
        review(notes, wanted, { record, suspect, ...(count === 1 && { thorough: null }) });
        return;
      }
      // A single image is fast; a batch takes a while anyway.
      const thorough = count > 1 ? createDetailQuestion(app, words) : null;
      tellEnd(await runRecorded({ notes, wanted, write: true, useLog: true, thorough, suspect }, record));
    } catch (error) {
      tell(error);
    }
  }

  async function runRecorded(job: CaptionJob, record: BatchRecord | null): Promise<JobEnd> {
    try {
      const end = await captioner.run(job, (event) => record?.onEvent(event));
      record?.end(end);
      return end;
    } catch (error) {
      record?.giveUp();
      throw error;
    }
  }

  /**
   * The error if the server is still down, or null. A batch started with the server is not continued by the embedded
   * engine.
   */
  async function serverAway(): Promise<NotesightError | null> {
    try {
      await captioner.ports.openNamed(settings().model, new AbortController().signal);
      return null;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      return mayPassLater(error) ? error : null;
    }
  }

  /** The remaining images of a batch. */
  function targetsOf(batch: UnfinishedBatch): CaptionTargets {
    const files = batch.chosen.flatMap((path) => {
      const file = path === '/' ? app.vault.getRoot() : app.vault.getAbstractFileByPath(path);
      return file ?? [];
    });
    const { notes, wanted } = captionTargets(files, app, settings());
    return { notes, wanted: withoutFailed(wanted, batch) };
  }

  function tellPaused(): void {
    const batch = unfinished.resumable;
    if (batch === null) return;
    const { pause } = unfinished;
    const { resume, stop, dismiss } = words.paused;
    batchNotice.show(
      pauseText(words, explain, batch, pause),
      { label: resume, run: () => void features.resumeBatch() },
      {
        label: pause === null ? dismiss : stop,
        run: () => {
          unfinished.dismiss();
        },
      },
    );
  }

  function tellEnd(end: JobEnd): void {
    const outcome = captionOutcome(end);
    switch (outcome.kind) {
      case 'paused':
        if (unfinished.pause === outcome.pause) tellPaused();
        else tell(outcome.pause.error);
        return;
      case 'stopped':
        new Notice(words.notices.stopped(outcome.counts));
        return;
      case 'failed':
        tell(outcome.error);
        return;
      case 'done':
        new Notice(words.notices.done(outcome.counts));
        if (outcome.offer !== null) new Notice(words.fineDetail.offer(outcome.offer), 10_000);
    }
  }

  function only(embed: ImageEmbed): CaptionOptions['wanted'] {
    return ({ embed: found }) => found.from === embed.from;
  }

  async function recordOf(source: string): Promise<CaptionRecord | null> {
    const { openMemory, images } = captioner.ports;
    const { log } = await openMemory();
    const bytes = await images.read(source, new AbortController().signal);
    return log.last(await fingerprint(bytes)) ?? null;
  }

  /** Errors other than an unreachable server are reported and not retried. */
  async function captionOrWait(pasted: PastedImage): Promise<'done' | 'stopped' | 'waits'> {
    try {
      const { note, image } = pasted;
      const end = await captionNewImage(captioner, () => {
        const isThere = [note, image].every(({ path }) => app.vault.getFileByPath(path) !== null);
        return isThere ? { note: note.path, image: image.path } : null;
      });
      if (end === 'done') waiting.remove(pasted);
      return end;
    } catch (error) {
      if (isCancelled(error)) return 'stopped';
      if (error instanceof NotesightError && mayPassLater(error)) {
        waiting.add(pasted);
        return 'waits';
      }
      waiting.remove(pasted);
      tell(error);
      return 'done';
    } finally {
      ports.onWaiting();
    }
  }

  async function resume(): Promise<void> {
    for (const pasted of waiting.all()) {
      const end = await captionOrWait(pasted);
      held = end === 'stopped';
      // If one image is queued again, the others would be too.
      if (end !== 'done') return;
    }
  }

  const batchNotice = new BatchNotice();
  let resuming: Promise<void> | null = null;
  /** Whether the user stopped the queued images; they then resume only on request. */
  let held = false;

  const features: Features = {
    async captionEmbed(note, embed) {
      const { kind } = resolveImage(embed, note.path, captioner.ports.files.index());
      if (needsAltText(embed) === null) new Notice(words.notices.hasWords);
      else if (kind === 'remote' && !settings().remoteImages) {
        const data = { path: embed.target };
        tell(new NotesightError('image_remote', `${embed.target} is remote`, { data }));
      } else if (kind === 'missing') {
        const { signal } = new AbortController();
        tell(await missingImage(embed.target, note.path, captioner.ports.images, signal));
      } else await captionAndTell({ notes: [note.path], wanted: only(embed) }, null);
    },
    describeAgain(note, embed) {
      const thorough = { ...createDetailQuestion(app, words), isSingle: true };
      review([note.path], only(embed), { useLog: false, thorough });
    },
    describeUnder(note) {
      const { wanted, style } = describeBelow(settings());
      review([note.path], wanted, { style, keepsAlt: true });
    },
    captionAll: (files) =>
      captionAndTell(
        captionTargets(files, app, settings()),
        files.map(({ path }) => path),
      ),
    async resumeBatch() {
      const batch = unfinished.resumable;
      if (batch === null) return;
      const error = unfinished.pause?.reason === 'server' ? await serverAway() : null;
      if (error !== null) {
        tell(error);
        return;
      }
      batchNotice.hide();
      await captionAndTell(targetsOf(batch), batch.chosen, batch);
    },
    async retryBatch() {
      const batch = unfinished.resumable;
      // A review must not open without a user action.
      if (
        batch === null ||
        unfinished.pause?.reason !== 'server' ||
        isReviewed(settings(), batch.total - batch.done)
      )
        return;
      if ((await serverAway()) === null) await features.resumeBatch();
    },
    dismissBatch() {
      batchNotice.hide();
      unfinished.dismiss();
    },
    close() {
      batchNotice.hide();
    },
    async offerBatch() {
      const batch = unfinished.resumable;
      if (batch === null) return;
      const { notes, wanted } = targetsOf(batch);
      if ((await survey(notes, wanted)).count > 0) tellPaused();
      else unfinished.dismiss();
    },
    async copyDescription(note, embed) {
      const image = resolveImage(embed, note.path, captioner.ports.files.index());
      const source = imageSource(image, false);
      const record = source === null ? null : await recordOf(source).catch(() => null);
      if (record === null) {
        new Notice(words.notices.notDescribed);
        return;
      }
      await navigator.clipboard.writeText(copiedDescription(record));
      new Notice(words.notices.copied);
    },
    async captionPasted(pasted) {
      await captionOrWait(pasted);
    },
    resumeWaiting: () =>
      (resuming ??= resume().finally(() => {
        resuming = null;
      })),
    async retryWaiting() {
      if (!held) await features.resumeWaiting();
    },
    async undo() {
      try {
        const undone = await captioner.undo();
        if (undone === null) {
          new Notice(words.notices.nothingToUndo);
          return;
        }
        new Notice(words.notices.undone(undoCounts(undone)));
      } catch (error) {
        tell(error);
      }
    },
    known: (image) => recordOf(image.path),
  };
  return features;
}
