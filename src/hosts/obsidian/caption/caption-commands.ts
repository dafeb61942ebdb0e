import { type App, Notice, type TAbstractFile, type TFile } from 'obsidian';
import type { CaptionOptions, ImageResult } from '../../../core/caption/caption-notes.ts';
import { missingImage } from '../../../core/caption/missing-image.ts';
import { isChangedMeanwhile, mayPassLater } from '../../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import { fingerprint } from '../../../core/image/fingerprint.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { listImages } from '../../../core/note/list-images.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import { createExclude } from '../../../core/settings/exclude.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { CaptionRecord } from '../../../core/storage/caption-log.ts';
import type { Captioner, CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import { type CaptionCounts, undoCounts } from '../../../editor/messages/counts.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
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
  /** What is left of reviews that were not finished. */
  readonly drafts: ReviewDrafts;
  readonly unfinished: UnfinishedBatches;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  /** Called when the list of what waits changes. */
  readonly onWaiting: () => void;
}

/** What a user can ask for, from the palette, a menu or the command line of Obsidian. */
export interface Features {
  captionEmbed(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Replaces the words that stand there, after a review. */
  describeAgain(note: TFile, embed: ImageEmbed): void;
  /** Puts what it shows under each image of a note, after a review; words of a person's own stay. */
  describeUnder(note: TFile): void;
  /** All that these files are about, as one batch. */
  captionAll(files: readonly TAbstractFile[]): Promise<void>;
  copyDescription(note: TFile, embed: ImageEmbed): Promise<void>;
  /** Captions what was pasted; where the server is down, it waits. */
  captionPasted(pasted: PastedImage): Promise<void>;
  /** Captions what waits for the server, one after the other, until the server is away again or somebody stops it. */
  resumeWaiting(): Promise<void>;
  /** The same, by itself: not where somebody has stopped it. */
  retryWaiting(): Promise<void>;
  undo(): Promise<void>;
  /** Continues the batch that is paused or was cut short by a restart, with what is left of it. */
  resumeBatch(): Promise<void>;
  /** The same, by itself: nothing is said where the server still does not answer. */
  retryBatch(): Promise<void>;
  /** Forgets that batch. What is done stays. */
  dismissBatch(): void;
  /** Takes the question about it away. */
  close(): void;
  /** Offers to resume a batch that a restart cut short, where something is left of it. */
  offerBatch(): Promise<void>;
  /** What the log has of an image file, by any model and in any language, the last one. */
  known(image: TFile): Promise<CaptionRecord | null>;
}

/** How often a pasted image's caption is tried again where note or image got another name meanwhile. */
const MAX_TRIES = 3;

export function createFeatures(ports: FeaturePorts): Features {
  const { app, captioner, waiting, unfinished, words, explain, settings } = ports;

  function tell(error: unknown): void {
    if (!(error instanceof NotesightError)) throw error;
    if (isCancelled(error)) return;
    const { message, advice } = explain(error);
    new Notice(`${message} ${advice}`, 10_000);
  }

  function countsOf(results: readonly ImageResult[]): CaptionCounts {
    const count = (status: ImageResult['status']) =>
      results.filter((result) => result.status === status).length;
    // Of the images that nobody asked about, those that have words keep them.
    const kept = results.filter(({ status, alt }) => status === 'kept' && alt !== '').length;
    const incomplete = results.filter((result) => result.incomplete).length;
    return { written: count('written'), kept, failed: count('failed'), incomplete };
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

  /** How many images of the notes would be described, and whether a review of one of them was not finished. */
  async function survey(
    notes: readonly string[],
    wanted: CaptionOptions['wanted'],
  ): Promise<{ readonly count: number; readonly isLeft: boolean }> {
    const index = captioner.ports.files.index();
    let count = 0;
    let isLeft = false;
    for (const note of notes) {
      const markdown = await captioner.ports.notes.read(note).catch(() => '');
      const listed = listImages(note, markdown, index);
      const files = listed.map(({ image }) => imageSource(image, settings().remoteImages));
      const places = placesOf('missing', note, files);
      for (const [at, image] of listed.entries()) {
        const place = places[at];
        if (!place || !wanted(image, note)) continue;
        count++;
        isLeft ||= ports.drafts.get(place) !== null;
      }
    }
    return { count, isLeft };
  }

  const isReviewed = (count: number): boolean => {
    const mode = settings().review;
    return mode === 'always' || (mode === 'batches' && count > 1);
  };

  /** @param chosen paths of what the user chose, to resume it later; null for a single image */
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
      // What a person typed or skipped is not passed over without them.
      if (isReviewed(count) || isLeft) {
        review(notes, wanted, { record, suspect, ...(count === 1 && { thorough: null }) });
        return;
      }
      // One image is there in a moment; many take their time anyway.
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

  /** Why the server still does not answer, or null: what it began is not continued by text recognition in its place. */
  async function serverAway(): Promise<NotesightError | null> {
    try {
      await captioner.ports.openNamed(settings().model, new AbortController().signal);
      return null;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      return mayPassLater(error) ? error : null;
    }
  }

  /** What is left of a batch. */
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

  function tellEnd({ results, stopped, offer, pause }: JobEnd): void {
    if (pause !== null && unfinished.pause === pause) {
      tellPaused();
      return;
    }
    if (pause !== null) {
      tell(pause.error);
      return;
    }
    if (stopped) {
      new Notice(words.notices.stopped(countsOf(results)));
      return;
    }
    const failed = results.filter(({ status }) => status === 'failed');
    const [first] = failed;
    const counts = countsOf(results);
    if (first?.error && counts.written === 0) {
      tell(first.error);
      return;
    }
    new Notice(words.notices.done(counts));
    if (offer !== null) new Notice(words.fineDetail.offer(offer), 10_000);
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

  /** @throws NotesightError */
  async function tryPasted({ note, image }: PastedImage): Promise<'done' | 'stopped'> {
    const wanted: CaptionOptions['wanted'] = (listed, path) =>
      listed.image.kind === 'file' &&
      listed.image.path === image.path &&
      needsCaption(settings())(listed, path);
    for (let attempt = 1; ; attempt++) {
      const { results, stopped, pause } = await captioner.run(
        { notes: [note.path], wanted, write: true, useLog: true },
        () => undefined,
      );
      if (stopped) return 'stopped';
      if (pause !== null) throw pause.error;
      const error = results.find(({ status }) => status === 'failed')?.error ?? null;
      const there = [note, image].every(({ path }) => app.vault.getFileByPath(path) !== null);
      if (error === null || !there) return 'done';
      // It has another name or place now: the answer is in the log, and goes to where it stands now.
      if (!isChangedMeanwhile(error) || attempt === MAX_TRIES) throw error;
    }
  }

  /** What fails for another reason than the server is told, and is not tried again. */
  async function captionOrWait(pasted: PastedImage): Promise<'done' | 'stopped' | 'waits'> {
    try {
      const end = await tryPasted(pasted);
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
      // Where one waits, the others would.
      if (end !== 'done') return;
    }
  }

  const batchNotice = new BatchNotice();
  let resuming: Promise<void> | null = null;
  /** Whether somebody has stopped what was resumed: it goes on when they ask. */
  let held = false;

  const features: Features = {
    async captionEmbed(note, embed) {
      const { kind } = resolveImage(embed.target, embed.syntax, note.path, captioner.ports.files.index());
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
      const isLeftOut = createExclude(settings().leaveOut);
      const wanted: CaptionOptions['wanted'] = ({ image }, path) =>
        !isLeftOut(path) && !(image.kind === 'file' && isLeftOut(image.path));
      const { style } = settings();
      review([note.path], wanted, { style: style === 'alt' ? 'callout' : style, keepsAlt: true });
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
      // A review that opens by itself would be in the way.
      if (batch === null || unfinished.pause?.reason !== 'server' || isReviewed(batch.total - batch.done))
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
      const image = resolveImage(embed.target, embed.syntax, note.path, captioner.ports.files.index());
      const source = imageSource(image, false);
      const record = source === null ? null : await recordOf(source).catch(() => null);
      if (record === null) {
        new Notice(words.notices.notDescribed);
        return;
      }
      const parts = [record.description || record.alt, record.text].filter((part) => part !== '');
      await navigator.clipboard.writeText(parts.join('\n\n'));
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
