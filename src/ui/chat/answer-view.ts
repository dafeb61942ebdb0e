import { element } from '../dom.ts';
import { type AnswerContext, renderAnswer, type RenderedBlock } from './render-answer.ts';

/** The part of an answer that is read as Markdown, in UTF-16 units: no answer that somebody reads is longer. */
const MAX_MARKDOWN = 20_000;

/** An answer that grows. */
export interface AnswerView {
  readonly element: HTMLElement;
  /** Shows it; what is the same as before isn't touched. */
  show(answer: string, images: number): void;
}

/** @param showRest the button behind an answer of which only a part is shown, with how many characters are left */
export function createAnswerView(
  context: Omit<AnswerContext, 'images'>,
  showRest: (characters: number) => string,
): AnswerView {
  const { doc } = context;
  const root = element(doc, 'div', 'notesight-answer');
  root.dir = 'auto';
  const rest = element(doc, 'div', 'notesight-rest');
  const more = element(doc, 'button', 'notesight-button');
  more.type = 'button';
  const plain = element(doc, 'pre', 'notesight-plain');
  rest.append(more);
  let blocks: RenderedBlock[] = [];
  let shown = { answer: '', images: 0 };

  more.addEventListener('click', () => {
    plain.textContent = shown.answer.slice(MAX_MARKDOWN);
    rest.replaceChildren(plain);
  });

  return {
    element: root,
    show(answer, images) {
      if (answer === shown.answer && images === shown.images) return;
      if (images !== shown.images) blocks = [];
      shown = { answer, images };
      const before = blocks;
      blocks = renderAnswer(answer.slice(0, MAX_MARKDOWN), before, { ...context, images });
      const kept = blocks.findIndex((block, index) => block !== before[index]);
      while (root.childElementCount > (kept < 0 ? blocks.length : kept)) root.lastElementChild?.remove();
      if (kept >= 0) root.append(...blocks.slice(kept).map((block) => block.element));
      if (answer.length <= MAX_MARKDOWN) return;
      more.textContent = showRest(answer.length - MAX_MARKDOWN);
      if (plain.isConnected) plain.textContent = answer.slice(MAX_MARKDOWN);
      root.append(rest);
    },
  };
}
