import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';

/** A box for one line of text, which wraps and grows as it gets longer. */
export interface AltTextBox {
  /** What is put into the page. */
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  /** Replaces the text; the caret stays where it was. */
  setText(text: string): void;
  /** Whether the caret stands on the first, or on the last, line as the text is wrapped. */
  caretOn(line: 'first' | 'last'): boolean;
}

/** @param onInput when the person has changed the text */
export function createAltTextBox(doc: Document, label: string, onInput: () => void): AltTextBox {
  const box = element(doc, 'div', 'notesight-alt');
  const input = element(doc, 'textarea', 'notesight-alt-input');
  input.rows = 1;
  input.enterKeyHint = 'done';
  // Holds the same text in the same cell of a grid: it makes the box as high as the text with no script that
  // measures, and it knows where the lines break, which a textarea doesn't tell.
  const twin = element(doc, 'div', 'notesight-alt-twin');
  twin.ariaHidden = 'true';
  const copy = doc.createTextNode('');
  twin.append(copy);
  const name = element(doc, 'span', '', label);
  name.hidden = true;
  labelBy(input, name);
  box.append(name, input, twin);

  function setText(text: string): void {
    const { selectionStart, selectionEnd } = input;
    input.value = text;
    input.setSelectionRange(selectionStart, selectionEnd);
    mirror();
  }

  /** The space gives an empty text a line, and the caret behind the last character a place. */
  function mirror(): void {
    copy.data = `${input.value} `;
  }

  function lineAt(offset: number): number {
    const range = doc.createRange();
    range.setStart(copy, offset);
    range.setEnd(copy, offset + 1);
    return Math.round(range.getBoundingClientRect().top);
  }

  // Enter is not the only key that breaks a line, and a phone's keyboard may tell no key at all.
  input.addEventListener('beforeinput', (event) => {
    if (event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph')
      event.preventDefault();
  });
  input.addEventListener('input', () => {
    // Pasted: a break is as long as the space, so that the caret stays.
    if (input.value.includes('\n')) setText(input.value.replaceAll('\n', ' '));
    mirror();
    onInput();
  });
  mirror();

  return {
    element: box,
    input,
    setText,
    caretOn(line) {
      return lineAt(input.selectionStart) === lineAt(line === 'first' ? 0 : input.value.length);
    },
  };
}
