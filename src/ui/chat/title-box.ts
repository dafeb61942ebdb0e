import { element } from '../dom.ts';
import { MAX_TITLE } from '../../core/ask/conversation.ts';

/** The title of a conversation, which can be edited in place. */
export interface TitleBox {
  readonly element: HTMLElement;
  /** @param key of the conversation; another one ends the edit */
  show(title: string, key: number): void;
  readonly edit: () => void;
}

/** @param done called with the edited title when it was confirmed, or null when it was discarded with Escape */
export function createTitleBox(doc: Document, label: string, done: (title: string | null) => void): TitleBox {
  const root = element(doc, 'div', 'notesight-conversation-title');
  const text = element(doc, 'span', '');
  text.dir = 'auto';
  const input = element(doc, 'input', 'notesight-title-input');
  input.ariaLabel = label;
  input.maxLength = MAX_TITLE;
  input.dir = 'auto';
  let shown = { title: '', key: 0 };
  let isEditing = false;
  root.append(text, input);

  function draw(): void {
    text.textContent = shown.title;
    text.hidden = isEditing;
    input.hidden = !isEditing;
    root.hidden = !isEditing && shown.title === '';
  }

  function end(title: string | null): void {
    if (!isEditing) return;
    isEditing = false;
    draw();
    done(title);
  }

  input.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? input.value : null);
  });
  // Clicking elsewhere keeps what was typed.
  input.addEventListener('blur', () => {
    end(input.value);
  });
  draw();

  return {
    element: root,
    show(title, key) {
      if (key !== shown.key) isEditing = false;
      shown = { title, key };
      draw();
    },
    edit() {
      isEditing = true;
      input.value = shown.title;
      draw();
      input.focus();
      input.select();
    },
  };
}
