import { Notice } from 'obsidian';
import type { Words } from './words/en.ts';

/** Asks without getting in the way: a notice that stays until it is answered or clicked away. */
export function askAboutPaste(words: Words, caption: () => void, always: () => void): void {
  const notice = new Notice(words.paste.question, 0);
  const buttons = notice.messageEl.createDiv({ cls: 'notesight-question' });
  const button = (text: string, run: () => void) => {
    buttons.createEl('button', { text }).addEventListener('click', () => {
      notice.hide();
      run();
    });
  };
  button(words.paste.yes, caption);
  button(words.paste.always, () => {
    caption();
    always();
  });
  button(words.paste.no, () => undefined);
}
