import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ShowMenu } from '../menu/menu.ts';
import type { ChatActions, ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createTitleBox } from './title-box.ts';

/** Buttons for the model, a new conversation, earlier ones, and the current one, with its title. */
export interface ConversationBar {
  readonly element: HTMLElement;
  show(state: ChatState, isHistoryOpen: boolean): void;
  /** @returns whether the history button is shown, and now has the focus */
  focusHistory(): boolean;
}

export interface BarActions extends Pick<ChatActions, 'startNew' | 'rename' | 'saveAsNote' | 'chooseModel'> {
  readonly toggleHistory: () => void;
}

export function createConversationBar(
  doc: Document,
  words: ChatWords,
  showMenu: ShowMenu,
  actions: BarActions,
): ConversationBar {
  const root = element(doc, 'div', 'notesight-conversation');
  const buttons = element(doc, 'div', 'notesight-buttons');
  const model = button(doc, 'notesight-button notesight-model-button', '', actions.chooseModel);
  const history = button(doc, 'notesight-button', words.history, actions.toggleHistory);
  const startNew = button(doc, 'notesight-button', words.startNewShort, actions.startNew);
  startNew.ariaLabel = words.startNew;
  startNew.title = words.startNew;
  const title = createTitleBox(doc, words.title, (text) => {
    if (text !== null) actions.rename(text);
    more.focus();
  });
  const more = button(doc, 'notesight-button notesight-more', '⋯', () => {
    const rename = { label: words.rename, run: title.edit };
    const save = { label: words.saveAsNote, run: actions.saveAsNote };
    showMenu([hasAnswer ? [rename, save] : [rename]], more);
  });
  more.ariaLabel = words.more;
  more.ariaHasPopup = 'menu';
  /** Whether there is an answer to save. */
  let hasAnswer = false;
  buttons.append(model, history, startNew, more);
  root.append(buttons, title.element);
  return {
    element: root,
    show(state, isHistoryOpen) {
      const isEmpty = state.turns.length === 0;
      hasAnswer = state.turns.some(({ answer, status }) => answer !== '' && status !== 'streaming');
      startNew.disabled = isEmpty;
      more.hidden = isEmpty;
      history.hidden = state.history.length === 0 && !isHistoryOpen;
      history.ariaExpanded = String(isHistoryOpen);
      const name = state.model === '' ? words.automaticModel : state.model;
      model.textContent = name;
      model.ariaLabel = words.chooseModel(name);
      model.title = model.ariaLabel;
      title.show(state.title, state.draft.key);
      root.hidden = state.note === null;
    },
    focusHistory() {
      if (history.hidden) return false;
      history.focus();
      return true;
    },
  };
}
