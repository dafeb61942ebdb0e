import { element } from '../dom.ts';
import { labelBy } from '../label-by.ts';

/** A single-line text box that wraps and grows with its text. */
export interface AltTextBox {
  /** The element to insert into the page. */
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  /** Replaces the text; the caret keeps its position. */
  setText(text: string): void;
  /** Whether the caret is on the first or last line of the wrapped text. */
  caretOn(line: 'first' | 'last'): boolean;
}

/** @param onInput called when the user changes the text */
export function createAltTextBox(doc: Document, label: string, onInput: () => void): AltTextBox {
  const box = element(doc, 'div', 'notesight-alt');
  const input = element(doc, 'textarea', 'notesight-alt-input');
  input.rows = 1;
  input.dir = 'auto';
  input.enterKeyHint = 'done';
  // Mirrors the text in the same grid cell. It gives the box its height without measuring in a script and exposes
  // the line breaks, which a textarea does not.
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

  /** The space gives an empty text a line and leaves room for the caret after the last character. */
  function mirror(): void {
    copy.data = `${input.value} `;
  }

  function lineAt(offset: number): number {
    const range = doc.createRange();
    range.setStart(copy, offset);
    range.setEnd(copy, offset + 1);
    return Math.round(range.getBoundingClientRect().top);
  }

  // Enter is not the only key that inserts a line break, and on-screen keyboards may report no key.
  input.addEventListener('beforeinput', (event) => {
    if (event.inputType === 'insertLineBreak' || event.inputType === 'insertParagraph')
      event.preventDefault();
  });
  input.addEventListener('input', () => {
    // Pasted text: a space is as long as the line break, so the caret keeps its position.
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
