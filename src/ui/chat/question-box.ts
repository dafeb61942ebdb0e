import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';

/** A question box: Enter sends, Shift+Enter inserts a line break. */
export interface QuestionBox {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
}

/**
 * @param send called with the question, which is not blank; returns whether it was accepted, so that the box is
 * emptied
 * @param cancel called on Escape
 */
export function createQuestionBox(
  doc: Document,
  label: string,
  send: (question: string) => boolean,
  cancel: () => void = () => undefined,
): QuestionBox {
  const root = element(doc, 'div', 'notesight-question-box');
  const input = element(doc, 'textarea', 'notesight-question-input');
  input.rows = 1;
  input.dir = 'auto';
  input.enterKeyHint = 'send';
  const name = element(doc, 'span', '', label);
  name.hidden = true;
  labelBy(input, name);
  input.addEventListener('keydown', (event) => {
    // During IME composition, Enter confirms the character.
    if (event.isComposing) return;
    if (event.key === 'Escape') cancel();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    const question = input.value.trim();
    if (question !== '' && send(question)) input.value = '';
  });
  root.append(name, input);
  return { element: root, input };
}
