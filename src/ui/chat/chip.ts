import { button } from '../button.ts';
import { element } from '../dom.ts';

/** A line of text with a button. */
export interface Chip {
  readonly element: HTMLElement;
  readonly text: HTMLElement;
  readonly button: HTMLButtonElement;
  /** @param text '' hides the chip */
  show(text: string): void;
}

export function createChip(doc: Document, label: string, click: () => void): Chip {
  const root = element(doc, 'div', 'notesight-chip');
  const text = element(doc, 'span', '');
  const made = button(doc, 'notesight-tool', label, click);
  root.append(text, made);
  return {
    element: root,
    text,
    button: made,
    show(shown) {
      root.hidden = shown === '';
      if (text.textContent !== shown) text.textContent = shown;
    },
  };
}
