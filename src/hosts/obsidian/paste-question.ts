import { Notice } from 'obsidian';
import type { PastedImage } from './pasted-images.ts';
import type { Words } from './words/en.ts';

/**
 * Asks without getting in the way: a notice that stays until it is answered or clicked away. What is pasted while it
 * stands is asked about with it.
 */
export function createPasteQuestion(
  words: Words,
  caption: (pasted: PastedImage) => void,
  always: () => void,
): (pasted: PastedImage) => void {
  let asked: PastedImage[] = [];
  let question: HTMLElement | null = null;

  function show(): HTMLElement {
    const notice = new Notice('', 0);
    const text = notice.messageEl.createSpan();
    const buttons = notice.messageEl.createDiv({ cls: 'notesight-question' });
    const button = (label: string, answer: () => void) => {
      buttons.createEl('button', { text: label }).addEventListener('click', () => {
        answer();
        asked = [];
        notice.hide();
      });
    };
    button(words.paste.yes, () => {
      asked.forEach(caption);
    });
    button(words.paste.always, () => {
      asked.forEach(caption);
      always();
    });
    button(words.paste.no, () => undefined);
    return text;
  }

  return (pasted) => {
    // A notice that was clicked away is an answer too.
    if (question?.isConnected !== true) {
      asked = [];
      question = show();
    }
    asked.push(pasted);
    question.setText(asked.length === 1 ? words.paste.question : words.paste.questionMany(asked.length));
  };
}
