import { type App, ConfirmationModal, Modal, Notice } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { SkippedImages, SkipReason } from '../../../core/storage/skipped-images.ts';
import type { Captioner } from '../../../editor/captioner.ts';
import { promptChoices } from '../../../editor/prompt-choices.ts';
import type { ReviewDrafts } from '../../../editor/review/review-drafts.ts';
import { type ReviewJob, ReviewSession } from '../../../editor/review/review-session.ts';
import { createReviewList, type ReviewList } from '../../../ui/review/review-list.ts';
import type { ErrorHelp } from '../error-help.ts';
import type { Words } from '../messages/en.ts';
import { showError } from '../show-error.ts';
import { showMenu } from '../show-menu.ts';
import { ChoicePrompt } from '../choice-prompt.ts';

export interface ReviewPorts {
  readonly captioner: Captioner;
  /** Drafts of unfinished reviews. */
  readonly drafts: ReviewDrafts;
  readonly skipped: () => Promise<SkippedImages>;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly help: ErrorHelp;
}

/** Milliseconds that a message of a review is shown. */
const TELL_TIME = 10_000;

/** The dialog with a review. Closing it ends the review. */
export class ReviewModal extends Modal {
  readonly #ports: ReviewPorts;
  readonly #job: ReviewJob;
  readonly #closed: (written: number) => void;
  #session: ReviewSession | null = null;
  #list: ReviewList | null = null;
  /** Whether the user decided what happens to their edits. */
  #isAnswered = false;

  /** @param closed called once when the list is closed, with the number of written captions */
  constructor(app: App, ports: ReviewPorts, job: ReviewJob, closed: (written: number) => void) {
    super(app);
    this.#ports = ports;
    this.#job = job;
    this.#closed = closed;
  }

  override onOpen(): void {
    const { words, explain, help } = this.#ports;
    this.modalEl.addClass('notesight-review-modal');
    this.setTitle(words.review.title);
    const tell = (message: string) => new Notice(message, TELL_TIME);
    const session = new ReviewSession({ words, explain, help, tell }, this.#job);
    this.#session = session;
    this.#list = createReviewList(
      this.contentEl,
      words.review,
      {
        ...session.actions,
        describeWith: {
          label: words.review.describeWith,
          pick: (_id, picked) => {
            const settings = this.#ports.captioner.ports.settings();
            const { describeWith } = words.review;
            new ChoicePrompt(this.app, describeWith, promptChoices(settings, words), picked).open();
          },
        },
        skipAlways: (id, reason) => {
          this.#skipAlways(id, reason);
        },
        openNote: (id) => {
          const item = session.find(id);
          if (item) void this.app.workspace.openLinkText(item.read.note, '', true);
        },
      },
      showMenu,
    );
    // Obsidian's own handler, which is asked after this one, closes the dialog.
    this.scope.register([], 'Escape', () => (this.#list?.leaveFeedback() === true ? false : undefined));
    void session.start(this.#list);
  }

  /** Asks once if there are edits. Escape, the button and a click outside the dialog all end up here. */
  override close(): void {
    const edits = this.#session?.edits ?? 0;
    if (this.#isAnswered || edits === 0) {
      super.close();
      return;
    }
    const { keep } = this.#ports.words.review;
    const question = new ConfirmationModal(this.app);
    let end: (() => void) | null = null;
    question.addClass('notesight-wrapped-buttons');
    question.setTitle(keep.title);
    question.contentEl.createEl('p', { text: keep.question(edits) });
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
        end = () => this.#session?.discardEdits();
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

  override onClose(): void {
    this.#list?.destroy();
    this.#list = null;
    void this.#session?.end().then(this.#closed);
  }

  #skipAlways(id: string, reason: SkipReason): void {
    const item = this.#session?.find(id);
    if (item === undefined) return;
    this.#session?.leaveOut(item);
    void this.#ports
      .skipped()
      .then((skipped) => skipped.set([item.file], reason))
      .catch((error: unknown) => {
        showError(error, this.#ports.explain);
      });
  }
}
