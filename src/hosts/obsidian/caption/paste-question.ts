import { Notice } from 'obsidian';
import type { Words } from '../messages/en.ts';
import type { PastedImage } from './pasted-images.ts';

/** Asks about pasted images without getting in the way. */
export interface PasteQuestion {
  /** Asks about one more image: what comes while a question stands joins it. */
  ask(pasted: PastedImage): void;
  close(): void;
}

/** A notice that stays until it is answered or clicked away, which is an answer too: not now. */
export function createPasteQuestion(
  words: Words,
  answers: { readonly caption: (pasted: PastedImage) => void; readonly always: () => void },
): PasteQuestion {
  const { question, questionMany, yes, always, no } = words.paste;
  let images: PastedImage[] = [];
  let notice: Notice | null = null;
  let text: HTMLElement | null = null;

  /** @returns what it was about */
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
    // A click beside the buttons hides it.
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
