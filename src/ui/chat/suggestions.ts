import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ChatPrompt, ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** The first prompts as buttons, while the conversation is empty. */
export interface Suggestions {
  readonly element: HTMLElement;
  show(state: ChatState): void;
}

const MAX_SUGGESTIONS = 3;

/** @param choose called with the id of a prompt */
export function createSuggestions(
  doc: Document,
  words: ChatWords,
  choose: (id: string) => void,
): Suggestions {
  const root = element(doc, 'div', 'notesight-suggested');
  const buttons = element(doc, 'div', 'notesight-suggested-prompts');
  root.append(buttons, element(doc, 'p', 'notesight-suggested-hint', words.promptsHint));
  let shown: readonly ChatPrompt[] = [];
  return {
    element: root,
    show({ prompts, images, turns }) {
      root.hidden = prompts.length === 0 || images.length === 0 || turns.length > 0;
      const first = prompts.slice(0, MAX_SUGGESTIONS);
      if (JSON.stringify(first) === JSON.stringify(shown)) return;
      shown = first;
      buttons.replaceChildren(
        ...first.map(({ id, name }) =>
          button(doc, 'notesight-button', name, () => {
            choose(id);
          }),
        ),
      );
    },
  };
}
