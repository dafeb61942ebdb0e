import { Modal, type App } from 'obsidian';
import type { CaptionEvent, CaptionOptions, StoppedEvent } from '../../core/caption/caption-notes.ts';
import type { Caption, ReadNote } from '../../core/caption/write-captions.ts';
import { writeCaptions } from '../../core/caption/write-captions.ts';
import type { Explanation } from '../../core/explain.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Description } from '../../core/model/vision-model.ts';
import { findAgain } from '../../core/note/find-again.ts';
import { findImages } from '../../core/note/find-images.ts';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import { needsAltText } from '../../core/note/needs-alt-text.ts';
import type { CaptionStyle } from '../../core/note/write-caption.ts';
import { createReviewList, type AcceptedItem, type ReviewList } from '../../ui/review-list.ts';
import type { ReviewOutcome } from '../../ui/review-row.ts';
import type { Captioner, CaptionJob, JobEnd } from '../editor/captioner.ts';
import { pauseText } from '../editor/pause-text.ts';
import type { BatchRecord } from '../editor/unfinished-batch.ts';
import type { Words } from './words/en.ts';

/** An image in the list, with the note as it was when it was described. */
interface Reviewed {
  readonly id: string;
  readonly file: string;
  readonly read: ReadNote;
  readonly embed: ImageEmbed;
  readonly outcome: { readonly description: Description } | NotesightError;
}

export interface ReviewJob {
  readonly notes: readonly string[];
  readonly wanted: CaptionOptions['wanted'];
  readonly useLog: boolean;
  /** What is written. */
  readonly style: CaptionStyle;
  /** Whether words of a person's own stay, and only what goes under the image is new. */
  readonly keepsAlt: boolean;
  readonly thorough: NonNullable<CaptionJob['thorough']> | null;
  /** Follows the batch, so that it can be resumed; null or left out where it is none. */
  readonly record?: BatchRecord | null;
  /** See `CaptionOptions`. */
  readonly suspect?: string | null;
}

/**
 * Describes images and shows the words before they are written. Closing it stops what still runs; what was told is
 * in the log, so that the next time it is there at once.
 */
export class ReviewModal extends Modal {
  readonly #captioner: Captioner;
  readonly #words: Words;
  readonly #explain: (error: NotesightError) => Explanation;
  readonly #job: ReviewJob;
  readonly #controller = new AbortController();
  readonly #items = new Map<string, Reviewed>();
  readonly #closed: (written: number) => void;
  #list: ReviewList | null = null;
  #batch: Promise<string> | null = null;
  /** Writing is one at a time: each finds its embeds in what the one before it wrote. */
  #writing: Promise<void> = Promise.resolve();
  #written = 0;
  #runs = 0;

  /** @param closed told once, when the list is closed, how many captions were written */
  constructor(
    app: App,
    captioner: Captioner,
    words: Words,
    explain: (error: NotesightError) => Explanation,
    job: ReviewJob,
    closed: (written: number) => void,
  ) {
    super(app);
    this.#captioner = captioner;
    this.#words = words;
    this.#explain = explain;
    this.#job = job;
    this.#closed = closed;
  }

  override onOpen(): void {
    this.modalEl.addClass('notesight-review-modal');
    this.setTitle(this.#words.review.title);
    this.#list = createReviewList(this.contentEl, this.#words.review, {
      accept: (items) => {
        this.#accept(items);
      },
      skip: () => undefined,
      askAgain: (ids) => {
        void this.#askAgainEach(ids);
      },
      openNote: (id) => {
        const item = this.#items.get(id);
        if (item) void this.app.workspace.openLinkText(item.read.note, '', true);
      },
    });
    void this.#describeBatch(this.#job);
  }

  /** @param before why it was paused before it was resumed */
  async #describeBatch(job: ReviewJob, before: StoppedEvent | null = null): Promise<void> {
    const { record = null } = job;
    const run = ++this.#runs;
    const end = await this.#describe(
      job,
      (event) => `${run}\n${event.read.note}\n${event.embed.from}`,
      (event) => record?.onEvent(event),
    );
    if (end === null) record?.giveUp();
    else record?.end(end);
    const left = end === null ? before : end.pause;
    if (left === null) return;
    const text = pauseText(
      this.#words,
      this.#explain,
      { done: left.done, total: left.done + left.left },
      left,
    );
    const paused = this.contentEl.createDiv({ cls: 'mod-warning', text });
    const button = paused.createEl('button', { text: this.#words.paused.resume });
    button.addEventListener('click', () => {
      paused.remove();
      record?.resume();
      void this.#describeBatch({ ...job, wanted: this.#notShown(job.wanted), suspect: left.suspect }, left);
    });
  }

  /** What is in the list may have been changed there. */
  #notShown(wanted: ReviewJob['wanted']): ReviewJob['wanted'] {
    const shown = new Set([...this.#items.values()].map(({ read, file }) => `${read.note}\n${file}`));
    return (listed, note) =>
      wanted(listed, note) && !(listed.image.kind === 'file' && shown.has(`${note}\n${listed.image.path}`));
  }

  override onClose(): void {
    this.#controller.abort(new NotesightError('cancelled', 'closed'));
    this.#list?.destroy();
    this.#list = null;
    void this.#writing.then(() => {
      this.#closed(this.#written);
    });
  }

  /** @returns null where nothing could be done, which is told */
  async #describe(
    job: ReviewJob,
    idOf: (event: Extract<CaptionEvent, { type: 'described' }>) => string,
    told: (event: CaptionEvent) => void = () => undefined,
  ): Promise<JobEnd | null> {
    const onEvent = (event: CaptionEvent) => {
      told(event);
      if (event.type === 'described') this.#show({ ...event, id: idOf(event) });
    };
    try {
      return await this.#captioner.run({ ...job, write: false }, onEvent, this.#controller.signal);
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (!isCancelled(error))
        this.contentEl.createEl('p', { cls: 'mod-warning', text: this.#sentences(error) });
      return null;
    }
  }

  #show(item: Reviewed): void {
    // There is nothing to write for it.
    if (!(item.outcome instanceof NotesightError) && item.outcome.description.decorative) return;
    const known = this.#items.has(item.id);
    this.#items.set(item.id, item);
    const outcome: ReviewOutcome =
      item.outcome instanceof NotesightError
        ? { state: 'failed', error: this.#explain(item.outcome) }
        : { state: 'ready', alt: this.#altOf(item.embed, item.outcome.description) };
    if (known) this.#list?.update(item.id, outcome);
    else this.#add(item, outcome);
    if (this.#items.size === 1) this.#list?.focus();
  }

  #altOf(embed: ImageEmbed, { alt }: Description): string {
    return this.#job.keepsAlt && needsAltText(embed) === null ? embed.alt : alt;
  }

  #add({ id, file, read, embed }: Reviewed, outcome: ReviewOutcome): void {
    const image = this.app.vault.getFileByPath(file);
    const thumbnail = image === null ? '' : this.app.vault.getResourcePath(image);
    this.#list?.add({ id, note: read.note, file, thumbnail, oldAlt: embed.alt, outcome });
  }

  #accept(accepted: readonly AcceptedItem[]): void {
    const byNote = new Map<ReadNote, { readonly item: Reviewed; readonly caption: Caption }[]>();
    for (const { id, alt } of accepted) {
      const item = this.#items.get(id);
      if (item === undefined || item.outcome instanceof NotesightError) continue;
      const description = { ...item.outcome.description, alt, decorative: false };
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
      // They were done with in the list, and come back.
      for (const item of items) this.#add(item, { state: 'failed', error: this.#explain(error) });
    };
    try {
      const { notes, openMemory } = this.#captioner.ports;
      const { journal } = await openMemory();
      this.#batch ??= journal.begin();
      const wanted = captions.map(({ caption }) => caption);
      const { gone } = await writeCaptions(read, wanted, await this.#batch, this.#job.style, {
        notes,
        journal,
      });
      const lost = captions.filter(({ caption }) => gone.has(caption.embed)).map(({ item }) => item);
      this.#written += captions.length - lost.length;
      fail(lost, new NotesightError('embed_gone', `gone from ${read.note}`, { data: { path: read.note } }));
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      fail(
        captions.map(({ item }) => item),
        error,
      );
    }
  }

  /** One after the other: the model is shown no more images at once than the settings say. */
  async #askAgainEach(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#askAgain(id);
  }

  /** The note may have changed since, by an accepted caption too: the embed is looked up anew. */
  async #askAgain(id: string): Promise<void> {
    const item = this.#items.get(id);
    if (item === undefined) return;
    const { note, embeds } = item.read;
    try {
      const place = findAgain(item.embed, embeds, findImages(await this.#captioner.ports.notes.read(note)));
      if (place === null) {
        throw new NotesightError('embed_gone', `gone from ${note}`, { data: { path: note } });
      }
      const wanted: CaptionOptions['wanted'] = ({ embed }) => embed.from === place.from;
      const end = await this.#describe({ ...this.#job, notes: [note], wanted, useLog: false }, () => id);
      if (end !== null && end.pause !== null) throw end.pause.error;
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      this.#list?.update(id, { state: 'failed', error: this.#explain(error) });
    }
  }

  #sentences(error: NotesightError): string {
    const { message, advice } = this.#explain(error);
    return `${message} ${advice}`;
  }
}
