import type { CaptionEvent, StoppedEvent } from '../../core/caption/caption-notes.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { Description, Refinement } from '../../core/model/image-description.ts';
import { findImages } from '../../core/note/find-images.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { shownSource } from '../../core/note/inline-source.ts';
import { needsAltText } from '../../core/note/needs-alt-text.ts';
import { findAgain } from '../../core/note/relocate-embed.ts';
import { nearestFolder } from '../../core/settings/folder-rules.ts';
import type { ReviewOutcome } from '../../ui/review/review-item.ts';
import type { AcceptedItem, ReviewActions, ReviewChoice, ReviewView } from '../../ui/review/review-view.ts';
import type { CaptionJob, JobEnd } from '../captioner.ts';
import type { EditorWords } from '../messages/editor-en.ts';
import { errorText } from '../notices.ts';
import { createPacer } from '../pacer.ts';
import { pauseText } from '../pause-text.ts';
import { sumProgress } from '../progress.ts';
import { statusText } from '../status-text.ts';
import type { BatchRecord } from '../unfinished-batch.ts';
import type { ReviewScope } from './review-drafts.ts';
import { ReviewEdits } from './review-edits.ts';
import { embedGone, ReviewWriter } from './review-writer.ts';
import { idOf, imagesIn, type Reviewed, reviewedIn, type ReviewPart } from './reviewed-image.ts';

export interface ReviewJob {
  readonly parts: readonly ReviewPart[];
  readonly useLog: boolean;
  /** Whether alt text written by the user stays, and only the text below the image is new. */
  readonly keepsAlt: boolean;
  readonly thorough: NonNullable<CaptionJob['thorough']> | null;
  /** Tracks the batch, so that it can be resumed; null if this is not a batch. */
  readonly record: BatchRecord | null;
  /** See `CaptionOptions`. */
  readonly suspect: string | null;
}

export interface ReviewPorts {
  readonly words: EditorWords;
  readonly explain: (error: NotesightError) => Explanation;
  /** The buttons that help with an error. */
  readonly help: (error: NotesightError) => readonly ReviewChoice[];
  /** Shows a message for a while. */
  readonly tell: (message: string) => void;
  /** Called when no image is left to decide on, and everything accepted is written. */
  readonly finished?: () => void;
}

type Described = Reviewed & { readonly outcome: NonNullable<Reviewed['outcome']> };

function scopeOf({ useLog, keepsAlt }: Pick<ReviewJob, 'useLog' | 'keepsAlt'>): ReviewScope {
  if (keepsAlt) return 'below';
  return useLog ? 'missing' : 'again';
}

/**
 * Describes images, shows their alt text in a list, and writes what the user accepts. Ending it stops running
 * requests; answers received so far are in the log, so that they appear immediately next time. Edits and skips are
 * kept for the next review of the same images until they are written or discarded; a finished review starts over.
 */
export class ReviewSession {
  readonly #ports: ReviewPorts;
  /** Null before the start and after the end. */
  #view: ReviewView | null = null;
  readonly #job: ReviewJob;
  readonly #edits: ReviewEdits;
  readonly #writer: ReviewWriter;
  readonly #controller = new AbortController();
  readonly #items = new Map<string, Reviewed>();
  /** Images in the list that are not described yet. */
  readonly #waiting = new Map<string, Reviewed>();
  /** Images in the list that need a decision. */
  readonly #open = new Set<string>();
  #run = new AbortController();
  #isPaused = false;
  /** What to do when the user resumes or ends a pause; null if there is none. */
  #resume: (() => void) | null = null;
  #endPause: (() => void) | null = null;
  #written = 0;
  /** Whether all images were sent to the model, successfully or not. */
  #isDescribed = false;
  /** Whether the first item ready for a decision received the focus. */
  #isFocused = false;
  #runs = 0;

  constructor(ports: ReviewPorts, job: ReviewJob) {
    this.#ports = ports;
    this.#job = job;
    this.#edits = new ReviewEdits(scopeOf(job));
    this.#writer = new ReviewWriter(job.keepsAlt, {
      written: (items) => {
        this.#written += items.length;
        for (const item of items) this.#edits.forget(item);
      },
      failed: (items, error) => {
        // They were marked as done in the list, and return with the typed text.
        for (const item of items) {
          this.#add(item, { state: 'failed', error: this.#ports.explain(error) });
          this.#edits.unsettle(item);
        }
      },
    });
  }

  /** What the user does in the list. */
  readonly actions: Omit<ReviewActions, 'openNote' | 'skipAlways' | 'describeWith'> = {
    accept: (accepted) => {
      this.#accept(accepted);
    },
    skip: (ids) => {
      for (const id of ids) this.#skip(id);
    },
    edit: (id, text) => {
      const item = this.#items.get(id);
      if (item !== undefined) this.#edits.edit(item, text);
    },
    askAgain: (ids, prompt) => {
      void this.#askAgainEach(ids, prompt);
    },
    refine: (id, refinement) => {
      void this.#refine(id, refinement);
    },
    pause: () => {
      this.#isPaused = true;
      this.#run.abort(new NotesightError('cancelled', 'paused'));
    },
    resume: () => {
      this.#isPaused = false;
      this.#resume?.();
    },
    stop: () => {
      this.#isPaused = false;
      this.#run.abort(new NotesightError('cancelled', 'stopped'));
      this.#endPause?.();
    },
  };

  /** Number of images with edits that are not written. */
  get edits(): number {
    return this.#edits.count;
  }

  /** Whether all images were described and decided on. */
  get isFinished(): boolean {
    return this.#isDescribed && this.#open.size === 0;
  }

  find(id: string): Reviewed | undefined {
    return this.#items.get(id) ?? this.#waiting.get(id);
  }

  /** Drops the edits of the user. */
  discardEdits(): void {
    for (const item of this.#items.values()) this.#edits.forget(item);
  }

  /** Leaves an image out, without a draft. */
  leaveOut(item: Reviewed): void {
    this.#open.delete(item.id);
    this.#edits.forget(item);
    this.#edits.settle(item);
  }

  async start(view: ReviewView): Promise<void> {
    this.#view = view;
    const drafts = await Promise.all(this.#job.parts.map((part) => this.#edits.read(part)));
    const skipped = new Set<string>();
    for (const item of drafts.flatMap((found) => found.skipped)) {
      skipped.add(item.id);
      this.#items.set(item.id, item);
      this.#add(item, { state: 'skipped' });
    }
    const edited = drafts.flatMap((found) => found.edited);
    const parts = this.#job.parts.map(({ vault, notes, wanted }) => ({
      vault,
      notes,
      wanted: ((image, note) =>
        wanted(image, note) && !skipped.has(idOf(vault, note, image.embed))) satisfies ReviewPart['wanted'],
    }));
    await this.#describeBatch({ ...this.#job, parts }, edited);
  }

  /** Stops describing. @returns the number of updated images, once everything accepted is written */
  async end(): Promise<number> {
    this.#endPause?.();
    // Skips apply only to this review.
    if (this.isFinished) this.discardEdits();
    this.#controller.abort(new NotesightError('cancelled', 'closed'));
    this.#view = null;
    await this.#writer.finished;
    return this.#written;
  }

  /**
   * @param edited images with typed text
   * @param before why the batch was paused before it was resumed
   */
  async #describeBatch(
    job: ReviewJob,
    edited: readonly Reviewed[],
    before: StoppedEvent | null = null,
  ): Promise<void> {
    const { record } = job;
    const run = ++this.#runs;
    this.#run = new AbortController();
    await this.#addWaiting(job);
    const idFor = (id: string) => (this.#items.has(id) ? `${run}\n${id}` : id);
    const end = await this.#describe(job, idFor, (event) => {
      record?.onEvent(event);
      this.#showProgress();
    });
    if (this.#isPaused) {
      this.#pause(job, edited, before);
      return;
    }
    this.#view?.showProgress(null);
    const failed = end instanceof NotesightError;
    if (failed) record?.giveUp();
    else record?.end(end);
    if (!failed && end.offer !== null) this.#ports.tell(this.#ports.words.fineDetail.offer(end.offer));
    const error = failed ? end : (end.pause?.error ?? null);
    this.#isDescribed = error === null && !this.#run.signal.aborted;
    this.#endWaiting(this.#run.signal.aborted ? null : error);
    this.#tellIfFinished();
    // Even without a model, the user can write the typed text.
    if (error !== null)
      for (const item of edited) if (!this.#items.has(item.id)) this.#show({ ...item, outcome: error });
    const left = failed ? before : end.pause;
    if (failed && !isCancelled(end) && left === null) this.#offerRetry(job, edited, end);
    if (left !== null) this.#offerResume(job, edited, left);
  }

  #offerRetry(job: ReviewJob, edited: readonly Reviewed[], error: NotesightError): void {
    const { words, explain, help } = this.#ports;
    const run = () => {
      void this.#describeBatch(this.#notShown(job), edited);
    };
    this.#view?.showBanner(errorText(explain, error), { label: words.review.retry, run }, help(error));
  }

  #offerResume(job: ReviewJob, edited: readonly Reviewed[], left: StoppedEvent): void {
    const { words, explain, help } = this.#ports;
    const counts = { done: left.done, total: left.done + left.left };
    const run = () => {
      job.record?.resume();
      void this.#describeBatch({ ...this.#notShown(job), suspect: left.suspect }, edited, left);
    };
    const text = pauseText(words, explain, counts, left);
    this.#view?.showBanner(text, { label: words.paused.resume, run }, help(left.error));
  }

  /** The record of the batch stays open, so that the batch can be resumed after a restart. */
  #pause(job: ReviewJob, edited: readonly Reviewed[], before: StoppedEvent | null): void {
    this.#showProgress();
    const leave = (act: () => void) => () => {
      this.#resume = null;
      this.#endPause = null;
      act();
    };
    this.#resume = leave(() => {
      void this.#describeBatch(this.#notShown(job), edited, before);
    });
    this.#endPause = leave(() => {
      job.record?.end({ pause: null });
      this.#view?.showProgress(null);
      this.#endWaiting(null);
    });
  }

  /** Shows a row for each image before it is described. */
  async #addWaiting({ parts }: ReviewJob): Promise<void> {
    const pacer = createPacer();
    for (const part of parts) {
      for (const note of part.notes) {
        const images = await imagesIn(part.vault, note);
        if (images === null) continue;
        for (const item of reviewedIn(part, images)) {
          if (this.#items.has(item.id)) continue;
          this.#waiting.set(item.id, item);
          this.#add(item, { state: 'waiting' });
          if (pacer.isDue) await pacer.rest();
        }
      }
    }
    this.#showProgress();
  }

  #showProgress(): void {
    const progress = sumProgress(this.#job.parts.flatMap(({ vault }) => vault.captioner.progress ?? []));
    const done = [...this.#items.values()].filter(({ outcome }) => outcome !== null).length;
    const total = done + this.#waiting.size;
    if (total === 0) return;
    const timeLeft = progress === null ? null : statusText({ ...progress, now: Date.now() }).timeLeft;
    this.#view?.showProgress({ done, total, timeLeft, isPaused: this.#isPaused });
  }

  /**
   * Ends the waiting of images that were not described: after an error they can be retried one by one; others, which
   * are gone from their note or left out when the user stopped, are removed.
   */
  #endWaiting(error: NotesightError | null): void {
    const notDescribed = { message: this.#ports.words.review.notDescribed, advice: '' };
    for (const { id } of this.#waiting.values()) {
      if (error === null) this.#remove(id);
      else this.#view?.update(id, { state: 'failed', error: notDescribed });
    }
    if (error === null) this.#waiting.clear();
  }

  /** Images already in the list may have been changed there. */
  #notShown(job: ReviewJob): ReviewJob {
    const keyOf = (vault: string, note: string, file: string) => `${vault}\n${note}\n${file}`;
    const shown = new Set(
      [...this.#items.values()].map(({ vault, read, file }) => keyOf(vault.id, read.note, file)),
    );
    const parts = job.parts.map(({ vault, notes, wanted }): ReviewPart => ({
      vault,
      notes,
      wanted: (listed, note) =>
        wanted(listed, note) &&
        !(listed.image.kind === 'file' && shown.has(keyOf(vault.id, note, listed.image.path))),
    }));
    return { ...job, parts };
  }

  /**
   * Describes the parts in order; if one stops early, the rest are skipped.
   * @returns the error if nothing could be done
   */
  async #describe(
    {
      parts,
      useLog,
      prompt,
      thorough,
      suspect,
    }: Omit<ReviewJob, 'record' | 'keepsAlt'> & Pick<CaptionJob, 'prompt'>,
    idFor: (id: string) => string,
    onProgress: (event: CaptionEvent) => void = () => undefined,
  ): Promise<JobEnd | NotesightError> {
    const signal = AbortSignal.any([this.#controller.signal, this.#run.signal]);
    let end: JobEnd = { results: [], stopped: false, offer: null, pause: null };
    try {
      for (const { vault, notes, wanted } of parts) {
        const onEvent = (event: CaptionEvent) => {
          if (event.type === 'described') {
            this.#show({ ...event, vault, id: idFor(idOf(vault, event.read.note, event.embed)) });
          }
          onProgress(event);
        };
        const job = { notes, wanted, useLog, prompt, thorough, suspect, write: false };
        const { results, ...ended } = await vault.captioner.run(job, onEvent, signal);
        end = { ...ended, results: [...end.results, ...results], offer: ended.offer ?? end.offer };
        if (end.stopped || end.pause !== null) break;
      }
      return end;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      return error;
    }
  }

  #show(item: Described): void {
    const { id, embed, outcome: answer } = item;
    const failed = answer instanceof NotesightError;
    const known = this.#items.get(id);
    this.#waiting.delete(id);
    // A decorative image needs no text.
    if (!failed && answer.description.decorative && !known && this.#edits.draftOf(item) === null) {
      this.#remove(id);
      return;
    }
    // The user asked for generated text instead of their own.
    if (known && !failed && known.outcome !== null && !this.#edits.isEdited(item)) this.#edits.forget(item);
    // An earlier description can still be written, with the user's text.
    this.#items.set(id, failed && known ? { ...item, outcome: known.outcome ?? answer } : item);
    const outcome: ReviewOutcome = failed
      ? { state: 'failed', error: this.#ports.explain(answer) }
      : this.#readyWith(embed, answer.description);
    if (known) this.#view?.update(id, outcome);
    else this.#add(item, outcome);
    if (!this.#isFocused) this.#view?.focus();
    this.#isFocused = true;
  }

  #readyWith(embed: ImageEmbed, description: Description): ReviewOutcome {
    const keepsAlt = this.#job.keepsAlt && needsAltText(embed) === null;
    return {
      state: 'ready',
      alt: keepsAlt ? embed.alt : description.alt,
      incomplete: description.incomplete === true,
      ...(description.wrongLanguage === true && { warning: this.#ports.words.review.wrongLanguage }),
    };
  }

  #add(item: Reviewed, outcome: ReviewOutcome): void {
    const { id, vault, file, read, embed } = item;
    if (outcome.state !== 'skipped') this.#open.add(id);
    this.#view?.add({
      id,
      note: read.note,
      rule: nearestFolder(vault.captioner.ports.settings().folderRules, read.note),
      file: shownSource(file),
      thumbnail: vault.thumbnailOf(file, embed),
      oldAlt: embed.alt,
      typed: this.#edits.draftOf(item)?.text ?? undefined,
      outcome,
    });
  }

  #remove(id: string): void {
    this.#open.delete(id);
    this.#view?.remove(id);
  }

  #accept(accepted: readonly AcceptedItem[]): void {
    this.#writer.write(
      accepted.flatMap(({ id, alt }) => {
        const item = this.#items.get(id);
        if (item === undefined) return [];
        this.#open.delete(id);
        this.#edits.settle(item);
        return [{ item, alt }];
      }),
    );
    this.#tellIfFinished();
  }

  #skip(id: string): void {
    this.#open.delete(id);
    const item = this.#items.get(id);
    if (item !== undefined) this.#edits.skip(item);
    this.#tellIfFinished();
  }

  /** What can't be written returns to the list. */
  #tellIfFinished(): void {
    void this.#writer.finished.then(() => {
      if (this.isFinished && this.#view !== null) this.#ports.finished?.();
    });
  }

  async #refine(id: string, refinement: Refinement): Promise<void> {
    const item = this.find(id);
    if (item === undefined) return;
    const { vault, file, read, embed } = item;
    try {
      const image = { file, read, embed, ...refinement };
      this.#view?.refined(id, { alt: await vault.captioner.refine(image, this.#controller.signal) });
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      this.#view?.refined(id, { error: this.#ports.explain(error) });
    }
  }

  /** One after the other, so that the model gets no more images at once than the settings allow. */
  async #askAgainEach(ids: readonly string[], prompt?: string): Promise<void> {
    for (const id of ids) await this.#askAgain(id, prompt);
  }

  /** The note may have changed since, also by an accepted caption, so the embed is looked up again. */
  async #askAgain(id: string, prompt?: string): Promise<void> {
    const item = this.find(id);
    if (item === undefined) return;
    this.#open.add(id);
    this.#edits.settle(item);
    if (item.outcome === null) this.#edits.unskip(item);
    const { vault } = item;
    const { note, embeds } = item.read;
    try {
      const place = findAgain(item.embed, embeds, findImages(await vault.captioner.ports.notes.read(note)));
      if (place === null) throw embedGone(note);
      const part: ReviewPart = { vault, notes: [note], wanted: ({ embed }) => embed.from === place.from };
      // Images skipped earlier were not sent to a model in this review.
      const useLog = this.#job.useLog && item.outcome === null;
      const end = await this.#describe({ ...this.#job, prompt, parts: [part], useLog }, () => id);
      const error = end instanceof NotesightError ? end : end.pause?.error;
      if (error !== undefined) throw error;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      this.#view?.update(id, { state: 'failed', error: this.#ports.explain(error) });
    }
  }
}
