import { button } from '../button.ts';
import { element } from '../dom.ts';
import { type ChatActions, type ChatState, MAX_QUESTION, NO_NOTE } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createChip } from './chip.ts';
import { createCompletions } from './completions.ts';
import { noteCompletions } from './note-completions.ts';
import { createOtherNotes } from './other-notes.ts';
import { promptCompletions } from './prompt-completions.ts';
import { createQuestionBox } from './question-box.ts';
import { createTextToggle } from './text-toggle.ts';

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

  const completions = [
    promptCompletions(
      words.prompts,
      () => (state.note === null ? [] : state.prompts),
      (id) => {
        write('');
        actions.usePrompt(id);
      },
    ),
    noteCompletions(words.otherNotes, {
      found: () => state.foundNotes,
      find: (query) => {
        if (state.note !== null) actions.findNotes(query);
      },
      choose: ({ id, name }, from) => {
        input.setRangeText(`${words.quoted(name)} `, from, input.selectionStart, 'end');
        write(input.value);
        actions.includeOther(id, true);
      },
    }),
  ].map((source) => createCompletions(doc, input, source));
  box.element.append(...completions.map((list) => list.element));

  const region = createChip(doc, words.removeRegion, () => {
    if (state.region !== null) actions.setRegion(state.region.image, null);
    input.focus();
  });
  const undo = createChip(doc, words.undo, () => {
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
  const noteToggle = createTextToggle(doc, words.noteText, words.noteTextHint, (on) => {
    actions.includeNote(on);
  });
  const selectionToggle = createTextToggle(doc, words.selection, words.selectionHint, (on) => {
    actions.includeSelection(on);
  });
  const otherNotes = createOtherNotes(doc, words, (id) => {
    actions.includeOther(id, false);
    input.focus();
  });
  const toggles = element(doc, 'div', 'notesight-text-toggles');
  toggles.append(noteToggle.element, selectionToggle.element);
  buttons.append(toggles, sendButton);
  const root = element(doc, 'div', 'notesight-form');
  root.append(undo.element, region.element, otherNotes.element, box.element, buttons);

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
      state = next;
      for (const list of completions) list.update();
      region.show(next.region === null ? '' : words.regionChosen(next.region.part, next.region.image));
      undo.show(next.undo === null ? '' : words.undoable[next.undo]);
      noteToggle.show(next.noteText);
      selectionToggle.show(next.selection);
      otherNotes.show(next.notes);
      sendButton.textContent = next.isBusy ? words.stop : words.send;
    },
    sent(question) {
      if (question === input.value.trim()) write('');
    },
  };
}
