import { Notice } from 'obsidian';

export interface Choice {
  readonly label: string;
  readonly run: () => void;
}

/** A notice that stays until it is answered or dismissed. It shows one message at a time. */
export class QuestionNotice {
  #notice: Notice | null = null;
  #message: HTMLElement | null = null;

  show(message: DomElementInfo, ...choices: readonly Choice[]): void {
    this.hide();
    const content = createFragment();
    this.#message = content.createDiv(message);
    const buttons = content.createDiv({ cls: 'notesight-question' });
    for (const { label, run } of choices) {
      buttons.createEl('button', { text: label }).addEventListener('click', () => {
        this.hide();
        run();
      });
    }
    this.#notice = new Notice(content, 0);
  }

  /** Replaces the text of the message. */
  setText(text: string): void {
    this.#message?.setText(text);
  }

  hide(): void {
    this.#notice?.hide();
    this.#notice = this.#message = null;
  }
}
