import { element } from '../dom.ts';

/** Whether questions include a text. */
export interface TextToggle {
  readonly element: HTMLElement;
  /** @param text with its estimated tokens; null hides the toggle */
  show(text: { readonly tokens: number; readonly isIncluded: boolean } | null): void;
}

/** @param label returns the label, given the estimated tokens */
export function createTextToggle(
  doc: Document,
  label: (tokens: number) => string,
  hint: string,
  include: (on: boolean) => void,
): TextToggle {
  const box = element(doc, 'input', 'notesight-toggle-box');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    include(box.checked);
  });
  const shownLabel = element(doc, 'span', '');
  const root = element(doc, 'label', 'notesight-text-toggle');
  root.title = hint;
  root.append(box, shownLabel);
  return {
    element: root,
    show(text) {
      root.hidden = text === null;
      if (text === null) return;
      box.checked = text.isIncluded;
      shownLabel.textContent = label(text.tokens);
    },
  };
}
