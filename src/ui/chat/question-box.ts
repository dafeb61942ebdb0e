import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';

/** A box for a question: Enter sends it, Shift+Enter begins a line. */
export interface QuestionBox {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
}

/**
 * @param send called with the question, which has words; whether it was taken: then the box is emptied
 * @param cancel called at Escape
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
    // While a character is put together, Enter takes it.
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
