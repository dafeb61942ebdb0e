import { element } from '../dom.ts';
import { type AnswerContext, renderAnswer, type RenderedBlock } from './render-answer.ts';

/** The maximum length rendered as Markdown, in UTF-16 code units; longer than any real answer. */
const MAX_MARKDOWN = 20_000;

/** A streaming answer. */
export interface AnswerView {
  readonly element: HTMLElement;
  /** Shows the answer; unchanged parts are left alone. */
  show(answer: string, images: number): void;
}

/** @param showRest label of the button after a truncated answer, given the number of remaining characters */
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
