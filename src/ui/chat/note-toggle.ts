import { element } from '../dom.ts';
import type { ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** Whether questions include the text of the note. */
export interface NoteToggle {
  readonly element: HTMLElement;
  show(noteText: ChatState['noteText']): void;
}

export function createNoteToggle(
  doc: Document,
  words: Pick<ChatWords, 'noteText' | 'noteTextHint'>,
  include: (on: boolean) => void,
): NoteToggle {
  const box = element(doc, 'input', 'notesight-note-box');
  box.type = 'checkbox';
  box.addEventListener('change', () => {
    include(box.checked);
  });
  const text = element(doc, 'span', '');
  const label = element(doc, 'label', 'notesight-note-toggle');
  label.title = words.noteTextHint;
  label.append(box, text);
  return {
    element: label,
    show(noteText) {
      label.hidden = noteText === null;
      if (noteText === null) return;
      box.checked = noteText.isIncluded;
      text.textContent = words.noteText(noteText.tokens);
    },
  };
}
