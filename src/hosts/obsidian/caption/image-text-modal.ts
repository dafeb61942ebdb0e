import { type App, Modal } from 'obsidian';

/** What a dialog about an image asks for. */
export interface ImageTextQuestion {
  readonly title: string;
  /** The address of the image; '' for none. */
  readonly thumbnail: string;
  /** A line above the text box; '' for none. */
  readonly hint: string;
  /** The name of the text box. */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** The label of the button that submits the text. */
  readonly submit: string;
  readonly cancel: string;
}

/** Called when the dialog closes, with the text on one line. */
export interface ImageTextAnswers {
  readonly submitted: (text: string) => void;
  /** The user closed the dialog without submitting. */
  readonly left: (text: string) => void;
}

/** Asks for a line of text about an image, which is shown above the text box. Enter submits. */
export class ImageTextModal extends Modal {
  readonly #question: ImageTextQuestion;
  readonly #answers: ImageTextAnswers;
  #box: HTMLTextAreaElement | null = null;
  #isSubmitted = false;

  constructor(app: App, question: ImageTextQuestion, answers: ImageTextAnswers) {
    super(app);
    this.#question = question;
    this.#answers = answers;
  }

  override onOpen(): void {
    const { title, thumbnail, hint, label, placeholder, value, submit, cancel } = this.#question;
    this.setTitle(title);
    this.modalEl.addClass('notesight-image-text');
    if (thumbnail !== '') this.contentEl.createEl('img', { attr: { src: thumbnail, alt: '' } });
    if (hint !== '') this.contentEl.createEl('p', { cls: 'notesight-image-text-hint', text: hint });
    const box = this.contentEl.createEl('textarea', { attr: { 'aria-label': label, placeholder, rows: 3 } });
    box.value = value;
    this.#box = box;
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    const buttons = this.contentEl.createDiv({ cls: 'modal-button-container' });
    buttons.createEl('button', { text: submit, cls: 'mod-cta' }).addEventListener('click', () => {
      this.#submit();
    });
    buttons.createEl('button', { text: cancel }).addEventListener('click', () => {
      this.close();
    });
    box.focus();
    box.setSelectionRange(value.length, value.length);
  }

  override onClose(): void {
    const text = (this.#box?.value ?? '').replace(/\s+/g, ' ').trim();
    if (this.#isSubmitted) this.#answers.submitted(text);
    else this.#answers.left(text);
  }

  #submit(): void {
    this.#isSubmitted = true;
    this.close();
  }
}
