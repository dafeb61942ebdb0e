import { element } from '../dom.ts';
import type { ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createChip } from './chip.ts';

/** The other notes that questions include, each with a button to remove it. */
export interface OtherNotes {
  readonly element: HTMLElement;
  show(notes: ChatState['notes']): void;
}

/** @param remove called with the id of a note */
export function createOtherNotes(
  doc: Document,
  words: Pick<ChatWords, 'otherNote' | 'removeOtherNote'>,
  remove: (id: string) => void,
): OtherNotes {
  const root = element(doc, 'div', 'notesight-other-notes');
  let shown = '';
  return {
    element: root,
    show(notes) {
      root.hidden = notes.length === 0;
      const next = JSON.stringify(notes);
      if (next === shown) return;
      shown = next;
      root.replaceChildren(
        ...notes.map(({ id, name }) => {
          const chip = createChip(doc, '×', () => {
            remove(id);
          });
          chip.show(words.otherNote(name));
          chip.button.ariaLabel = words.removeOtherNote(name);
          chip.button.title = words.removeOtherNote(name);
          return chip.element;
        }),
      );
    },
  };
}
