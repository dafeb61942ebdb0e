import { type App, Modal } from 'obsidian';
import { type FailedImage, reportText } from '../../../editor/batch-report.ts';
import { showInNote } from '../chat/note-editor.ts';
import type { Words } from '../messages/en.ts';

/** Lists the images of a batch that failed and why, with buttons to retry them and to copy the list. */
export class ReportModal extends Modal {
  readonly #failed: readonly FailedImage[];
  readonly #words: Words['report'];
  readonly #retry: () => void;

  constructor(app: App, failed: readonly FailedImage[], words: Words['report'], retry: () => void) {
    super(app);
    this.#failed = failed;
    this.#words = words;
    this.#retry = retry;
  }

  override onOpen(): void {
    const { contentEl } = this;
    this.setTitle(this.#words.title(this.#failed.length));
    const notes = new Set(this.#failed.map(({ note }) => note));
    const list = contentEl.createDiv({ cls: 'notesight-report' });
    for (const note of notes) this.#showNote(list, note);
    const buttons = contentEl.createDiv({ cls: 'modal-button-container' });
    const retry = buttons.createEl('button', { cls: 'mod-cta', text: this.#words.retry });
    retry.addEventListener('click', () => {
      this.close();
      this.#retry();
    });
    const copy = buttons.createEl('button', { text: this.#words.copy });
    copy.addEventListener('click', () => {
      void navigator.clipboard.writeText(reportText(this.#failed)).then(() => {
        copy.setText(this.#words.copied);
      });
    });
    retry.focus();
  }

  #showNote(list: HTMLElement, note: string): void {
    list.createEl('h4', { text: note });
    const images = list.createEl('ul');
    for (const { image, from, reason } of this.#failed.filter((each) => each.note === note)) {
      const row = images.createEl('li');
      const name = row.createEl('a', { text: image === '' ? this.#words.wholeNote : image, href: '#' });
      name.addEventListener('click', (event) => {
        event.preventDefault();
        this.close();
        const file = this.app.vault.getFileByPath(note);
        if (file !== null) void showInNote(this.app, file, from, from);
      });
      row.createDiv({ cls: 'notesight-suggestion-more', text: `${reason.message} ${reason.advice}`.trim() });
    }
  }
}
