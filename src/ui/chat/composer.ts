import { button } from '../button.ts';
import { element } from '../dom.ts';
import { type ChatActions, type ChatState, MAX_QUESTION, NO_NOTE } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createNoteToggle } from './note-toggle.ts';
import { createPromptList } from './prompt-list.ts';
import { createQuestionBox } from './question-box.ts';

/** The question box, with what belongs to the next question. */
export interface Composer {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  show(state: ChatState): void;
  /** Empties the box if it holds this question, which was sent another way. */
  sent(question: string): void;
}

/** @param starting called before the conversation itself is shown again */
export function createComposer(
  doc: Document,
  words: ChatWords,
  actions: ChatActions,
  starting: () => void,
): Composer {
  let state = NO_NOTE;
  const box = createQuestionBox(doc, words.question, send);
  const { input } = box;
  input.placeholder = words.placeholder;
  input.maxLength = MAX_QUESTION;

  const prompts = createPromptList(doc, words.prompts, input, (id) => {
    write('');
    actions.usePrompt(id);
  });
  box.element.append(prompts.element);

  const region = chip(doc, words.removeRegion, () => {
    if (state.region !== null) actions.setRegion(state.region.image, null);
    input.focus();
  });
  const undo = chip(doc, words.undo, () => {
    if (state.undo === 'startNew') starting();
    actions.undo();
    input.focus();
  });
  undo.element.classList.add('notesight-undo');
  undo.text.role = 'status';
  const sendButton = button(doc, 'notesight-button notesight-main-button', words.send, () => {
    if (state.isBusy) actions.stop();
    else if (send(input.value.trim())) input.value = '';
    input.focus();
  });
  const buttons = element(doc, 'div', 'notesight-buttons');
  const noteToggle = createNoteToggle(doc, words, (on) => {
    actions.includeNote(on);
  });
  buttons.append(noteToggle.element, sendButton);
  const root = element(doc, 'div', 'notesight-form');
  root.append(undo.element, region.element, box.element, buttons);

  /** Sets the text of the box and stores it as a draft. */
  function write(text: string): void {
    input.value = text;
    actions.setDraft(state.draft.key, text);
  }

  function send(question: string): boolean {
    if (question === '' || state.isBusy || state.note === null) return false;
    starting();
    actions.ask(question);
    return true;
  }

  function showDraft({ draft }: ChatState): void {
    if (draft.key !== state.draft.key) {
      input.value = draft.text;
    } else if (draft.version !== state.draft.version) {
      if (input.value === '') input.value = draft.text;
      else actions.setDraft(draft.key, input.value);
    }
    input.readOnly = draft.key === 0;
  }

  /** Adds a chosen prompt to what is in the box. */
  function showInserted({ draft, inserted }: ChatState): void {
    if (draft.key !== state.draft.key || inserted.version === state.inserted.version) return;
    write(input.value.trim() === '' ? inserted.text : `${input.value.trimEnd()}\n${inserted.text}`);
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }

  // In the empty box, Up restores the last question.
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' || input.value !== '') return;
    event.preventDefault();
    write(state.turns.at(-1)?.question ?? '');
  });
  input.addEventListener('input', () => {
    actions.setDraft(state.draft.key, input.value);
  });

  return {
    element: root,
    input,
    show(next) {
      showDraft(next);
      showInserted(next);
      prompts.show(next.note === null ? [] : next.prompts);
      state = next;
      region.show(next.region === null ? '' : words.regionChosen(next.region.part, next.region.image));
      undo.show(next.undo === null ? '' : words.undoable[next.undo]);
      noteToggle.show(next.noteText);
      sendButton.textContent = next.isBusy ? words.stop : words.send;
    },
    sent(question) {
      if (question === input.value.trim()) write('');
    },
  };
}

interface Chip {
  readonly element: HTMLElement;
  readonly text: HTMLElement;
  /** @param text '' hides the chip */
  show(text: string): void;
}

/** A line of text with a button. */
function chip(doc: Document, label: string, click: () => void): Chip {
  const root = element(doc, 'div', 'notesight-chip');
  const text = element(doc, 'span', '');
  root.append(text, button(doc, 'notesight-tool', label, click));
  return {
    element: root,
    text,
    show(shown) {
      root.hidden = shown === '';
      if (text.textContent !== shown) text.textContent = shown;
    },
  };
}
