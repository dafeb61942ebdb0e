import { element } from '../dom.ts';
import type { ChatState, ChatTurn } from './chat-state.ts';
import { createSuggestions } from './suggestions.ts';
import { createTurnView, type TurnTools, type TurnView } from './turn-view.ts';

/** The questions and answers of the conversation. */
export interface Transcript {
  readonly element: HTMLElement;
  /** @param welcome shown while there are none */
  show(state: ChatState, welcome: string): void;
}

/** Pixels from the end of the conversation within which it scrolls along with the answer. */
const AT_END = 40;

export function createTranscript(tools: TurnTools): Transcript {
  const { doc, words } = tools;
  const turns: TurnView[] = [];
  /** The conversation whose turns are shown, as in the state. */
  let conversation = 0;
  const root = element(doc, 'div', 'notesight-transcript');
  root.role = 'log';
  // The announcer reports it instead; reading a stream token by token would be noise.
  root.ariaLive = 'off';
  root.ariaLabel = words.conversation;
  root.tabIndex = 0;
  const greeting = element(doc, 'p', 'notesight-welcome');
  const suggestions = createSuggestions(doc, words, (id) => {
    tools.actions.usePrompt(id);
  });
  root.append(greeting, suggestions.element);

  function showTurn(index: number, turn: ChatTurn, images: number): void {
    let view = turns[index];
    if (view === undefined) {
      view = createTurnView(index, tools);
      turns.push(view);
      root.append(view.element);
    }
    view.show(turn, images);
  }

  return {
    element: root,
    show(state, welcome) {
      const { draft, turns: next, images } = state;
      const follows = root.scrollHeight - root.scrollTop - root.clientHeight < AT_END;
      const begun = next.length > turns.length;
      // The expanded parts of turns belong to their conversation.
      const kept = draft.key === conversation ? next.length : 0;
      conversation = draft.key;
      for (const view of turns.splice(kept)) view.element.remove();
      const last = Math.max(0, ...images.map(({ number }) => number));
      for (const [index, turn] of next.entries()) showTurn(index, turn, last);
      greeting.textContent = welcome;
      greeting.hidden = next.length > 0;
      suggestions.show(state);
      if (follows || begun) root.scrollTop = root.scrollHeight;
    },
  };
}
