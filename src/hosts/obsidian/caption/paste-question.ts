import { Notice } from 'obsidian';
import type { Words } from '../messages/en.ts';
import type { PastedImage } from './pasted-images.ts';

/** Asks about pasted images without blocking the user. */
export interface PasteQuestion {
  /** Asks about one more image; images pasted while a question is open are added to it. */
  ask(pasted: PastedImage): void;
  readonly close: () => void;
}

/** A notice that stays until it is answered or dismissed; dismissing means "not now". */
export function createPasteQuestion(
  words: Words,
  answers: { readonly caption: (pasted: PastedImage) => void; readonly always: () => void },
): PasteQuestion {
  const { question, questionMany, yes, always, no } = words.paste;
  let images: PastedImage[] = [];
  let notice: Notice | null = null;
  let text: HTMLElement | null = null;

  /** @returns the images of the question */
  function close(): PastedImage[] {
    const asked = images;
    images = [];
    notice?.hide();
    notice = null;
    return asked;
  }

  function show(): void {
    const content = createFragment();
    text = content.createDiv({ text: question });
    const buttons = content.createDiv({ cls: 'notesight-question' });
    const button = (label: string, answered: (asked: readonly PastedImage[]) => void) => {
      buttons.createEl('button', { text: label }).addEventListener('click', () => {
        answered(close());
      });
    };
    button(yes, (asked) => {
      asked.forEach(answers.caption);
    });
    button(always, (asked) => {
      asked.forEach(answers.caption);
      answers.always();
    });
    button(no, () => undefined);
    const shown = new Notice(content, 0);
    // A click outside the buttons hides the notice.
    shown.containerEl.addEventListener('click', () => {
      if (notice === shown) close();
    });
    notice = shown;
  }

  return {
    ask(pasted) {
      images.push(pasted);
      if (notice === null) show();
      else text?.setText(questionMany(images.length));
    },
    close() {
      close();
    },
  };
}
