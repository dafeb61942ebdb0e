import type { App } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { Words } from '../messages/en.ts';
import { showError } from '../show-error.ts';
import { ImageTextModal, type ImageTextQuestion } from './image-text-modal.ts';
import { createTypedTexts } from './typed-texts.ts';

/**
 * Asks for a text about an image. What the user types and leaves, or what can't be used, is in the box again the next
 * time.
 * @param key identifies the question
 * @param question `kept` replaces the hint if the box holds an earlier text
 * @param use uses a changed text
 */
export type AskImageText = (
  key: string,
  question: Omit<ImageTextQuestion, 'cancel'> & { readonly kept: string },
  use: (text: string) => Promise<void>,
) => void;

export function createAskImageText(
  app: App,
  words: Words,
  explain: (error: NotesightError) => Explanation,
): AskImageText {
  const typed = createTypedTexts(app);
  return (key, { kept, ...question }, use) => {
    const { value } = question;
    const before = typed.get(key);
    const shown = { ...question, cancel: words.imageText.cancel };
    const resumed = before === null ? shown : { ...shown, value: before, hint: kept };
    new ImageTextModal(app, resumed, {
      left(text) {
        typed.set(key, text === value ? null : text);
      },
      submitted(text) {
        typed.set(key, text === value ? null : text);
        if (text === value) return;
        use(text)
          .then(() => {
            typed.set(key, null);
          })
          .catch((error: unknown) => {
            showError(error, explain);
          });
      },
    }).open();
  };
}
