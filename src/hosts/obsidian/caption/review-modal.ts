import { type App, ConfirmationModal, Modal, Notice } from 'obsidian';
import type { CaptionEvent, CaptionOptions, StoppedEvent } from '../../../core/caption/caption-notes.ts';
import type { Caption, ReadNote } from '../../../core/caption/write-captions.ts';
import { writeCaptions } from '../../../core/caption/write-captions.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { Description } from '../../../core/model/image-description.ts';
import { findImages } from '../../../core/note/find-images.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { noteOfInline, shownSource } from '../../../core/note/inline-source.ts';
import { type ListedImage, listImages } from '../../../core/note/list-images.ts';
import { needsAltText } from '../../../core/note/needs-alt-text.ts';
import { findAgain } from '../../../core/note/relocate-embed.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import type { CaptionStyle } from '../../../core/note/write-caption.ts';
import type { SkippedImages, SkipReason } from '../../../core/storage/skipped-images.ts';
import type { Captioner, CaptionJob, JobEnd } from '../../../editor/captioner.ts';
import { errorText } from '../../../editor/notices.ts';
import { pauseText } from '../../../editor/pause-text.ts';
import { statusText } from '../../../editor/status-text.ts';
import type { BatchRecord } from '../../../editor/unfinished-batch.ts';
import { type AcceptedItem, createReviewList, type ReviewList } from '../../../ui/review/review-list.ts';
import type { ReviewOutcome } from '../../../ui/review/review-item.ts';
import type { Words } from '../messages/en.ts';
import type { ErrorHelp } from '../error-help.ts';
import type { Choice } from '../question-notice.ts';
import { showError } from '../show-error.ts';
import { showMenu } from '../show-menu.ts';
import { PromptPicker } from './prompt-picker.ts';
import {
  placesOf,
  type ReviewDraft,
  type ReviewDrafts,
  type ReviewPlace,
  type ReviewScope,
} from './review-drafts.ts';

/** An image in the list, with the note as it was when the image was described. */
interface Reviewed {
  readonly id: string;
  readonly file: string;
  readonly read: ReadNote;
  readonly embed: ImageEmbed;
  /** Null if the image was skipped earlier and not sent to a model. */
  readonly outcome: { readonly description: Description } | NotesightError | null;
}

export interface ReviewJob {
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
  readonly useLog: boolean;
  /** Where and how captions are written. */
  readonly style: CaptionStyle;
  /** See `CaptionJob`. */
  readonly prompt?: string;
  /** Whether alt text written by the user stays, and only the text below the image is new. */
  readonly keepsAlt: boolean;
  readonly thorough: NonNullable<CaptionJob['thorough']> | null;
  /** Tracks the batch, so that it can be resumed; null or omitted if this is not a batch. */
  readonly record?: BatchRecord | null;
  /** See `CaptionOptions`. */
  readonly suspect?: string | null;
}

export interface ReviewPorts {
  readonly captioner: Captioner;
  /** Drafts of unfinished reviews. */
  readonly drafts: ReviewDrafts;
  readonly skipped: () => Promise<SkippedImages>;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly help: ErrorHelp;
}

function scopeOf({ useLog, keepsAlt }: Pick<ReviewJob, 'useLog' | 'keepsAlt'>): ReviewScope {
  if (keepsAlt) return 'below';
  return useLog ? 'missing' : 'again';
}

/** Written for a typed text without a generated description. */
const NO_DESCRIPTION = { description: '', text: '', tags: [] };

/**
 * Describes images and shows the alt text before it is written. Closing it stops running requests; answers received
 * so far are in the log, so that they appear immediately next time. Edits and skips are kept for the next review of
 * the same images until they are written or discarded; a finished review starts over.
 */
export class ReviewModal extends Modal {
  readonly #captioner: Captioner;
  readonly #words: Words;
  readonly #explain: (error: NotesightError) => Explanation;
  readonly #skipped: () => Promise<SkippedImages>;
  readonly #help: ErrorHelp;
  readonly #job: ReviewJob;
  readonly #drafts: ReviewDrafts;
  readonly #controller = new AbortController();
  readonly #items = new Map<string, Reviewed>();
  /** Images in the list that are not described yet. */
  readonly #waiting = new Map<string, Reviewed>();
  #run = new AbortController();
  #isPaused = false;
  /** What to do when the user resumes or ends a pause; null if there is none. */
  #resume: (() => void) | null = null;
  #endPause: (() => void) | null = null;
  readonly #closed: (written: number) => void;
  #list: ReviewList | null = null;
  #batch: Promise<string> | null = null;
  /** Writes run one after the other: each finds its embeds in the result of the one before. */
  #writing: Promise<void> = Promise.resolve();
  #written = 0;
  /** Images whose text was edited in this review and is not yet written. */
  readonly #edited = new Set<string>();
  readonly #places = new WeakMap<ReadNote, readonly (ReviewPlace | null)[]>();
  /** Whether all images were sent to the model, successfully or not. */
  #isDescribed = false;
  /** Whether the first item ready for a decision received the focus. */
  #isFocused = false;
  /** Whether the user decided what happens to their edits. */
  #isAnswered = false;
  #runs = 0;

  /** @param closed called once when the list is closed, with the number of written captions */
  constructor(app: App, ports: ReviewPorts, job: ReviewJob, closed: (written: number) => void) {
    super(app);
    this.#captioner = ports.captioner;
    this.#drafts = ports.drafts;
    this.#words = ports.words;
    this.#explain = ports.explain;
    this.#skipped = ports.skipped;
    this.#help = ports.help;
    this.#job = job;
    this.#closed = closed;
  }

  override onOpen(): void {
    this.modalEl.addClass('notesight-review-modal');
    this.setTitle(this.#words.review.title);
    this.#list = createReviewList(
      this.contentEl,
      this.#words.review,
      {
        accept: (items) => {
          this.#accept(items);
        },
        skip: (ids) => {
          for (const id of ids) this.#skip(id);
        },
        edit: (id, text) => {
          this.#edit(id, text);
        },
        askAgain: (ids, prompt) => {
          void this.#askAgainEach(ids, prompt);
        },
        describeWith: {
          label: this.#words.review.describeWith,
          pick: (picked) => {
            new PromptPicker(this.app, this.#words, this.#captioner.ports.settings(), picked).open();
          },
        },
        skipAlways: (id, reason) => {
          this.#skipAlways(id, reason);
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
        openNote: (id) => {
          const item = this.#items.get(id) ?? this.#waiting.get(id);
          if (item) void this.app.workspace.openLinkText(item.read.note, '', true);
        },
      },
      showMenu,
    );
    void this.#describeAll();
  }

  /** Asks once if there are edits. Escape, the button and a click outside the dialog all end up here. */
  override close(): void {
    if (this.#isAnswered || this.#edited.size === 0) {
      super.close();
      return;
    }
    const { keep } = this.#words.review;
    const question = new ConfirmationModal(this.app);
    let end: (() => void) | null = null;
    question.addClass('notesight-wrapped-buttons');
    question.setTitle(keep.title);
    question.contentEl.createEl('p', { text: keep.question(this.#edited.size) });
    question.addButton((button) =>
      button
        .setButtonText(keep.keep)
        .setCta()
        .setInitialFocus()
        .onClick(() => {
          end = () => undefined;
        }),
    );
    question.addButton((button) =>
      button.setButtonText(keep.discard).onClick(() => {
        end = () => {
          for (const item of this.#items.values()) this.#forget(item);
        };
      }),
    );
    question.addCancelButton(keep.back);
    question.setCloseCallback(() => {
      if (end === null) return;
      end();
      this.#isAnswered = true;
      super.close();
    });
    question.open();
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
    const { record = null } = job;
    const run = ++this.#runs;
    this.#run = new AbortController();
    await this.#addWaiting(job);
    const end = await this.#describe(
      job,
      ({ read, embed }) => {
        const id = idOf(read.note, embed);
        return this.#items.has(id) ? `${run}\n${id}` : id;
      },
      (event) => {
        record?.onEvent(event);
        this.#showProgress();
      },
    );
    if (this.#isPaused) {
      this.#pause(job, edited, before);
      return;
    }
    this.#list?.showProgress(null);
    const failed = end instanceof NotesightError;
    if (failed) record?.giveUp();
    else record?.end(end);
    if (!failed && end.offer !== null) new Notice(this.#words.fineDetail.offer(end.offer), 10_000);
    const error = failed ? end : (end.pause?.error ?? null);
    this.#isDescribed = error === null && !this.#run.signal.aborted;
    this.#endWaiting(this.#run.signal.aborted ? null : error);
    // Even without a model, the user can write the typed text.
    if (error !== null)
      for (const item of edited) if (!this.#items.has(item.id)) this.#show({ ...item, outcome: error });
    const left = failed ? before : end.pause;
    if (failed && !isCancelled(end) && left === null) {
      const again = () => {
        void this.#describeBatch({ ...job, wanted: this.#notShown(job.wanted) }, edited);
      };
      const retry = { label: this.#words.review.retry, run: again };
      this.#showBanner(errorText(this.#explain, end), retry, this.#help(end));
    }
    if (left === null) return;
    const text = pauseText(
      this.#words,
      this.#explain,
      { done: left.done, total: left.done + left.left },
      left,
    );
    const resume = () => {
      record?.resume();
      const wanted = this.#notShown(job.wanted);
      void this.#describeBatch({ ...job, wanted, suspect: left.suspect }, edited, left);
    };
    this.#showBanner(text, { label: this.#words.paused.resume, run: resume }, this.#help(left.error));
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
      void this.#describeBatch({ ...job, wanted: this.#notShown(job.wanted) }, edited, before);
    });
    this.#endPause = leave(() => {
      job.record?.end({ pause: null });
      this.#list?.showProgress(null);
      this.#endWaiting(null);
    });
  }

  /** Shows what concerns all rows, above them, with what can be done about it. */
  #showBanner(text: string, again: Choice, help: readonly Choice[]): void {
    const banner = createDiv({ cls: 'mod-warning notesight-banner' });
    banner.role = 'alert';
    banner.createSpan({ text });
    const add = ({ label, run }: Choice, onClick: () => void) => {
      banner.createEl('button', { text: label }).addEventListener('click', () => {
        onClick();
        run();
      });
    };
    add(again, () => {
      banner.remove();
    });
    for (const choice of help) add(choice, () => undefined);
    this.contentEl.prepend(banner);
  }

  /** Shows a row for each image before it is described. */
  async #addWaiting(job: ReviewJob): Promise<void> {
    const { remoteImages } = this.#captioner.ports.settings();
    for (const note of job.notes) {
      const images = await this.#imagesIn(note);
      if (images === null) continue;
      const { read, listed } = images;
      for (const image of listed) {
        const file = imageSource(image.image, remoteImages);
        const id = idOf(note, image.embed);
        if (file === null || this.#items.has(id) || !job.wanted(image, note)) continue;
        const item = { id, file, read, embed: image.embed, outcome: null };
        this.#waiting.set(id, item);
        this.#add(item, { state: 'waiting' });
      }
    }
    this.#showProgress();
  }

  /** The images in a note as it is now; null if the note can't be read. */
  async #imagesIn(note: string): Promise<{ readonly read: ReadNote; readonly listed: ListedImage[] } | null> {
    const { notes, files } = this.#captioner.ports;
    const markdown = await notes.read(note).catch(() => null);
    if (markdown === null) return null;
    const listed = listImages(note, markdown, files.index());
    return { read: { note, markdown, embeds: listed.map(({ embed }) => embed) }, listed };
  }

  #showProgress(): void {
    const { progress } = this.#captioner;
    const done = [...this.#items.values()].filter(({ outcome }) => outcome !== null).length;
    const total = done + this.#waiting.size;
    if (total === 0) return;
    const timeLeft = progress === null ? null : statusText({ ...progress, now: Date.now() }).timeLeft;
    this.#list?.showProgress({ done, total, timeLeft, isPaused: this.#isPaused });
  }

  /**
   * Ends the waiting of images that were not described: after an error they can be retried one by one; others, which
   * are gone from their note or left out when the user stopped, are removed.
   */
  #endWaiting(error: NotesightError | null): void {
    for (const { id } of this.#waiting.values()) {
      if (error === null) this.#list?.remove(id);
      else
        this.#list?.update(id, {
          state: 'failed',
          error: { message: this.#words.review.notDescribed, advice: '' },
        });
    }
    if (error === null) this.#waiting.clear();
  }

  /** Images already in the list may have been changed there. */
  #notShown(wanted: ReviewJob['wanted']): ReviewJob['wanted'] {
    const shown = new Set([...this.#items.values()].map(({ read, file }) => `${read.note}\n${file}`));
    return (listed, note) =>
      wanted(listed, note) && !(listed.image.kind === 'file' && shown.has(`${note}\n${listed.image.path}`));
  }

  override onClose(): void {
    this.#endPause?.();
    const counts = this.#list?.counts;
    const isFinished = this.#isDescribed && counts && counts.ready + counts.waiting + counts.failed === 0;
    // Skips apply only to this review.
    if (isFinished) for (const item of this.#items.values()) this.#forget(item);
    this.#controller.abort(new NotesightError('cancelled', 'closed'));
    this.#list?.destroy();
    this.#list = null;
    void this.#writing.then(() => {
      this.#closed(this.#written);
    });
  }

  async #describeAll(): Promise<void> {
    const { skipped, edited } = await this.#readDrafts();
    for (const item of skipped) {
      this.#items.set(item.id, item);
      this.#add(item, { state: 'skipped' });
    }
    const { wanted } = this.#job;
    const job: ReviewJob = {
      ...this.#job,
      wanted: (image, note) => wanted(image, note) && !this.#isSkipped(idOf(note, image.embed)),
    };
    await this.#describeBatch(job, edited);
  }

  #isSkipped(id: string): boolean {
    return this.#items.get(id)?.outcome === null;
  }

  /** The images of the job that have a draft. Drafts of images no longer in their note are removed. */
  async #readDrafts(): Promise<Record<'skipped' | 'edited', Reviewed[]>> {
    const found: Record<'skipped' | 'edited', Reviewed[]> = { skipped: [], edited: [] };
    const { remoteImages } = this.#captioner.ports.settings();
    for (const note of this.#job.notes) {
      const drafts = this.#drafts.of(scopeOf(this.#job), note);
      if (drafts.length === 0) continue;
      const images = await this.#imagesIn(note);
      if (images === null) continue;
      const { read, listed } = images;
      const places = this.#placesIn(read);
      for (const draft of drafts) {
        const index = places.findIndex((place) => place?.file === draft.file && place.nth === draft.nth);
        const image = listed[index];
        if (image === undefined) this.#drafts.remove(draft);
        else if (imageSource(image.image, remoteImages) !== null && this.#job.wanted(image, note)) {
          const { embed } = image;
          const item = { id: idOf(note, embed), file: draft.file, read, embed, outcome: null };
          found[draft.skipped ? 'skipped' : 'edited'].push(item);
        }
      }
    }
    return found;
  }

  #placesIn(read: ReadNote): readonly (ReviewPlace | null)[] {
    const known = this.#places.get(read);
    if (known !== undefined) return known;
    const { note, embeds } = read;
    const index = this.#captioner.ports.files.index();
    const files = embeds.map((embed) => imageSource(resolveImage(embed, note, index), true));
    const places = placesOf(scopeOf(this.#job), note, files);
    this.#places.set(read, places);
    return places;
  }

  #placeOf({ read, embed }: Reviewed): ReviewPlace | null {
    return this.#placesIn(read)[read.embeds.indexOf(embed)] ?? null;
  }

  #draftOf(item: Reviewed): ReviewDraft | null {
    const place = this.#placeOf(item);
    return place && this.#drafts.get(place);
  }

  #edit(id: string, text: string | null): void {
    const item = this.#items.get(id);
    const place = item && this.#placeOf(item);
    if (!place) return;
    this.#drafts.set(place, { text, skipped: false });
    if (text === null) this.#edited.delete(id);
    else this.#edited.add(id);
  }

  #skip(id: string): void {
    const item = this.#items.get(id);
    const place = item && this.#placeOf(item);
    if (!place) return;
    this.#drafts.set(place, { text: this.#drafts.get(place)?.text ?? null, skipped: true });
    this.#edited.delete(id);
  }

  #skipAlways(id: string, reason: SkipReason): void {
    const item = this.#items.get(id) ?? this.#waiting.get(id);
    if (item === undefined) return;
    this.#forget(item);
    this.#edited.delete(id);
    void this.#skipped()
      .then((skipped) => skipped.set([item.file], reason))
      .catch((error: unknown) => {
        showError(error, this.#explain);
      });
  }

  #unskip(item: Reviewed): void {
    const place = this.#placeOf(item);
    if (place) this.#drafts.set(place, { text: this.#drafts.get(place)?.text ?? null, skipped: false });
  }

  #forget(item: Reviewed): void {
    const place = this.#placeOf(item);
    if (place) this.#drafts.remove(place);
  }

  /** @returns the error if nothing could be done */
  async #describe(
    job: ReviewJob,
    idOf: (event: Extract<CaptionEvent, { type: 'described' }>) => string,
    onProgress: (event: CaptionEvent) => void = () => undefined,
  ): Promise<JobEnd | NotesightError> {
    const onEvent = (event: CaptionEvent) => {
      if (event.type === 'described') this.#show({ ...event, id: idOf(event) });
      onProgress(event);
    };
    try {
      const signal = AbortSignal.any([this.#controller.signal, this.#run.signal]);
      return await this.#captioner.run({ ...job, write: false }, onEvent, signal);
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      return error;
    }
  }

  #show(item: Reviewed & { readonly outcome: NonNullable<Reviewed['outcome']> }): void {
    const { id, embed, outcome: answer } = item;
    const failed = answer instanceof NotesightError;
    const known = this.#items.get(id);
    this.#waiting.delete(id);
    // A decorative image needs no text.
    if (!failed && answer.description.decorative && !known && this.#draftOf(item) === null) {
      this.#list?.remove(id);
      return;
    }
    // The user asked for generated text instead of their own.
    if (known && !failed && known.outcome !== null && !this.#edited.has(id)) this.#forget(item);
    // An earlier description can still be written, with the user's text.
    this.#items.set(id, failed && known ? { ...item, outcome: known.outcome ?? answer } : item);
    const outcome: ReviewOutcome = failed
      ? { state: 'failed', error: this.#explain(answer) }
      : this.#readyWith(embed, answer.description);
    if (known) this.#list?.update(id, outcome);
    else this.#add(item, outcome);
    if (!this.#isFocused) this.#list?.focus();
    this.#isFocused = true;
  }

  #readyWith(embed: ImageEmbed, description: Description): ReviewOutcome {
    const alt = this.#altOf(embed, description);
    const { wrongLanguage } = this.#words.review;
    return {
      state: 'ready',
      alt,
      incomplete: description.incomplete === true,
      ...(description.wrongLanguage === true && { warning: wrongLanguage }),
    };
  }

  #altOf(embed: ImageEmbed, { alt }: Description): string {
    return this.#job.keepsAlt && needsAltText(embed) === null ? embed.alt : alt;
  }

  #add(item: Reviewed, outcome: ReviewOutcome): void {
    const { id, file, read, embed } = item;
    const image = this.app.vault.getFileByPath(file);
    const inline = noteOfInline(file) === null ? '' : embed.target;
    const thumbnail = image === null ? inline : this.app.vault.getResourcePath(image);
    const typed = this.#draftOf(item)?.text ?? undefined;
    this.#list?.add({
      id,
      note: read.note,
      file: shownSource(file),
      thumbnail,
      oldAlt: embed.alt,
      typed,
      outcome,
    });
  }

  #accept(accepted: readonly AcceptedItem[]): void {
    const byNote = new Map<ReadNote, { readonly item: Reviewed; readonly caption: Caption }[]>();
    for (const { id, alt } of accepted) {
      const item = this.#items.get(id);
      if (item === undefined) continue;
      this.#edited.delete(id);
      const described = item.outcome === null || item.outcome instanceof NotesightError ? null : item.outcome;
      const description = { ...(described?.description ?? NO_DESCRIPTION), alt, decorative: false };
      const captions = byNote.get(item.read) ?? [];
      captions.push({ item, caption: { embed: item.embed, description } });
      byNote.set(item.read, captions);
    }
    for (const [read, captions] of byNote) {
      this.#writing = this.#writing.then(() => this.#write(read, captions));
    }
  }

  async #write(
    read: ReadNote,
    captions: readonly { readonly item: Reviewed; readonly caption: Caption }[],
  ): Promise<void> {
    const fail = (items: readonly Reviewed[], error: NotesightError) => {
      // They were marked as done in the list, and return with the typed text.
      for (const item of items) {
        this.#add(item, { state: 'failed', error: this.#explain(error) });
        if (this.#draftOf(item) !== null) this.#edited.add(item.id);
      }
    };
    try {
      const { notes, openVaultData } = this.#captioner.ports;
      const { journal } = await openVaultData();
      this.#batch ??= journal.begin();
      const wanted = captions.map(({ caption }) => caption);
      const { gone } = await writeCaptions(read, wanted, this.#job.style, {
        notes,
        journal,
        batch: await this.#batch,
      });
      const lost = captions.filter(({ caption }) => gone.has(caption.embed)).map(({ item }) => item);
      this.#written += captions.length - lost.length;
      for (const { item } of captions) if (!lost.includes(item)) this.#forget(item);
      fail(lost, new NotesightError('embed_gone', `gone from ${read.note}`, { data: { path: read.note } }));
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      fail(
        captions.map(({ item }) => item),
        error,
      );
    }
  }

  /** One after the other, so that the model gets no more images at once than the settings allow. */
  async #askAgainEach(ids: readonly string[], prompt?: string): Promise<void> {
    for (const id of ids) await this.#askAgain(id, prompt);
  }

  /** The note may have changed since, also by an accepted caption, so the embed is looked up again. */
  async #askAgain(id: string, prompt?: string): Promise<void> {
    const item = this.#items.get(id) ?? this.#waiting.get(id);
    if (item === undefined) return;
    this.#edited.delete(id);
    if (item.outcome === null) this.#unskip(item);
    const { note, embeds } = item.read;
    try {
      const place = findAgain(item.embed, embeds, findImages(await this.#captioner.ports.notes.read(note)));
      if (place === null) {
        throw new NotesightError('embed_gone', `gone from ${note}`, { data: { path: note } });
      }
      const wanted: CaptionOptions['wanted'] = ({ embed }) => embed.from === place.from;
      // Images skipped earlier were not sent to a model in this review.
      const useLog = this.#job.useLog && item.outcome === null;
      const own = prompt === undefined ? {} : { prompt };
      const end = await this.#describe({ ...this.#job, ...own, notes: [note], wanted, useLog }, () => id);
      const error = end instanceof NotesightError ? end : end.pause?.error;
      if (error !== undefined) throw error;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      this.#list?.update(id, { state: 'failed', error: this.#explain(error) });
    }
  }
}

function idOf(note: string, { from }: ImageEmbed): string {
  return `${note}\n${from}`;
}
