import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';

/** Buttons for a new conversation and for earlier ones. */
export interface ConversationBar {
  readonly element: HTMLElement;
  show(state: ChatState, isHistoryOpen: boolean): void;
  /** @returns whether the history button is shown, and now has the focus */
  focusHistory(): boolean;
}

export interface BarActions {
  readonly startNew: () => void;
  readonly toggleHistory: () => void;
}

export function createConversationBar(doc: Document, words: ChatWords, actions: BarActions): ConversationBar {
  const root = element(doc, 'div', 'notesight-buttons notesight-bar');
  const history = button(doc, 'notesight-button', words.history, actions.toggleHistory);
  const startNew = button(doc, 'notesight-button', words.startNew, actions.startNew);
  root.append(startNew, history);
  return {
    element: root,
    show(state, isHistoryOpen) {
      startNew.disabled = state.turns.length === 0;
      history.hidden = state.history.length === 0 && !isHistoryOpen;
      history.ariaExpanded = String(isHistoryOpen);
      root.hidden = startNew.disabled && history.hidden;
    },
    focusHistory() {
      if (history.hidden) return false;
      history.focus();
      return true;
    },
  };
}
