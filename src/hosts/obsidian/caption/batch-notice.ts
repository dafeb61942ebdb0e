import { Notice } from 'obsidian';

interface Choice {
  readonly label: string;
  readonly run: () => void;
}

/**
 * A notice about a batch that stays until it is answered or dismissed; after that, the status bar still shows the
 * batch.
 */
export class BatchNotice {
  #shown: Notice | null = null;

  show(text: string, ...choices: readonly Choice[]): void {
    this.hide();
    const content = createFragment();
    content.createDiv({ text });
    const buttons = content.createDiv({ cls: 'notesight-question' });
    for (const { label, run } of choices) {
      buttons.createEl('button', { text: label }).addEventListener('click', () => {
        this.hide();
        run();
      });
    }
    this.#shown = new Notice(content, 0);
  }

  hide(): void {
    this.#shown?.hide();
    this.#shown = null;
  }
}
