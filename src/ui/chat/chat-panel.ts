import { createAnnouncer } from '../announcer.ts';
import { element } from '../dom.ts';
import { button } from './button.ts';
import { type ChatActions, type ChatState, MAX_QUESTION, NO_NOTE } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createHistoryView } from './history-view.ts';
import { createImageStrip } from './image-strip.ts';
import { createQuestionBox } from './question-box.ts';
import { pickRegion } from './region-picker.ts';
import { createTurnView, type TurnView } from './turn-view.ts';
import { openWhere, type WhereView } from './where-view.ts';

/** The conversation about the images of a note. */
export interface ChatPanel {
  show(state: ChatState): void;
  /** Focuses the question box. */
  focus(): void;
  destroy(): void;
}

/** Pixels from the end of the conversation within which it scrolls along with the answer. */
const AT_END = 40;

/** @param container limits the height; the conversation scrolls inside it */
export function createChatPanel(container: HTMLElement, words: ChatWords, actions: ChatActions): ChatPanel {
  const doc = container.ownerDocument;
  let state = NO_NOTE;
  const turns: TurnView[] = [];
  let isHistoryOpen = false;
  let whereView: WhereView | null = null;
  /** The element to focus when the detection view closes. */
  let afterWhere: Element | null = null;

  const root = element(doc, 'div', 'notesight-chat');
  const notice = element(doc, 'p', 'notesight-notice');
  notice.role = 'note';
  const strip = createImageStrip(doc, words, {
    ...actions,
    detectObjects,
    pickRegion: (image) => {
      pickRegion(
        root,
        image,
        words,
        (part) => {
          if (part !== null) actions.setRegion(image.number, part);
        },
        () => {
          detectObjects(image.number);
        },
      );
    },
  });
  const transcript = element(doc, 'div', 'notesight-transcript');
  transcript.role = 'log';
  // The announcer reports it instead; reading a stream token by token would be noise.
  transcript.ariaLive = 'off';
  transcript.ariaLabel = words.conversation;
  transcript.tabIndex = 0;
  const welcome = element(doc, 'p', 'notesight-welcome');
  transcript.append(welcome);
  const history = createHistoryView(doc, words, {
    open: (id) => {
      showHistory(false);
      box.input.focus();
      actions.openPast(id);
    },
    remove: (id) => {
      actions.deletePast(id);
    },
    close: () => {
      showHistory(false);
    },
  });
  history.element.hidden = true;
  const turnActions: ChatActions = {
    ...actions,
    askAgain: (turn) => {
      // The question was sent, so remove it from the box.
      if (state.turns[turn]?.question === box.input.value.trim()) write('');
      actions.askAgain(turn);
    },
  };

  const chip = element(doc, 'div', 'notesight-chip');
  const chipText = element(doc, 'span', '');
  const chipRemove = button(doc, 'notesight-tool', words.removeRegion, () => {
    if (state.region !== null) actions.setRegion(state.region.image, null);
    box.input.focus();
  });
  chip.append(chipText, chipRemove);
  const box = createQuestionBox(doc, words.question, send);
  box.input.placeholder = words.placeholder;
  const sendButton = button(doc, 'notesight-button notesight-main-button', words.send, () => {
    if (state.isBusy) actions.stop();
    else if (send(box.input.value.trim())) box.input.value = '';
    box.input.focus();
  });
  box.input.maxLength = MAX_QUESTION;
  const undoText = element(doc, 'span', '');
  undoText.role = 'status';
  const undoButton = button(doc, 'notesight-tool', words.undo, () => {
    if (state.undo === 'startAnew') showHistory(false);
    actions.undo();
    box.input.focus();
  });
  const undo = element(doc, 'div', 'notesight-chip notesight-undo');
  undo.append(undoText, undoButton);
  const historyButton = button(doc, 'notesight-button', words.history, () => {
    showHistory(!isHistoryOpen);
  });
  const startAnew = button(doc, 'notesight-button', words.startAnew, () => {
    showHistory(false);
    actions.startAnew();
    box.input.focus();
  });
  const buttons = element(doc, 'div', 'notesight-buttons');
  const conversations = element(doc, 'div', 'notesight-buttons');
  conversations.append(startAnew, historyButton);
  buttons.append(conversations, sendButton);
  const form = element(doc, 'div', 'notesight-form');
  form.append(undo, chip, box.element, buttons);

  const preview = element(doc, 'div', 'notesight-preview');
  preview.hidden = true;
  const announcer = createAnnouncer(doc, () => '');
  root.append(notice, strip.element, transcript, history.element, form, preview, announcer.element);
  container.append(root);

  function showHistory(isOpen: boolean): void {
    const hadFocus = history.element.contains(doc.activeElement);
    isHistoryOpen = isOpen;
    history.element.hidden = !isOpen;
    transcript.hidden = isOpen;
    historyButton.ariaExpanded = String(isOpen);
    historyButton.hidden = state.history.length === 0 && !isOpen;
    if (isOpen) history.focus();
    else if (hadFocus) (historyButton.hidden ? box.input : historyButton).focus();
  }

  /** Sets the text of the question box and stores it as a draft. */
  function write(text: string): void {
    box.input.value = text;
    actions.setDraft(state.draft.key, text);
  }

  function send(question: string): boolean {
    if (question === '' || state.isBusy || state.note === null) return false;
    showHistory(false);
    actions.ask(question);
    return true;
  }

  /** A link to an image, with a preview. */
  function reference(number: number): HTMLElement {
    const link = button(doc, 'notesight-reference', `[${number}]`, () => {
      hidePreview();
      actions.reveal(number);
    });
    link.ariaLabel = words.goTo(number, state.images.find((image) => image.number === number)?.name ?? '');
    const showPreview = () => {
      const image = state.images.find((each) => each.number === number);
      if (image === undefined) return;
      const picture = element(doc, 'img', '');
      picture.src = image.source;
      picture.alt = '';
      preview.replaceChildren(picture, element(doc, 'span', '', image.name));
      const at = link.getBoundingClientRect();
      const frame = root.getBoundingClientRect();
      preview.style.bottom = `${frame.bottom - at.top + 4}px`;
      preview.hidden = false;
    };
    link.addEventListener('pointerenter', showPreview);
    link.addEventListener('focus', showPreview);
    link.addEventListener('pointerleave', hidePreview);
    link.addEventListener('blur', hidePreview);
    return link;
  }

  function detectObjects(image: number): void {
    afterWhere = doc.activeElement;
    actions.detectObjects(image);
  }

  function showWhere({ where, images }: ChatState): void {
    const image = images.find(({ number }) => number === where?.image);
    if (whereView !== null && whereView.number !== image?.number) {
      whereView.close();
      whereView = null;
      if (afterWhere instanceof HTMLElement) afterWhere.focus();
    }
    if (where === null || image === undefined) return;
    whereView ??= openWhere(root, image, words, {
      take: (part) => {
        afterWhere = box.input;
        actions.setRegion(image.number, part);
        actions.stopLocating();
      },
      tryAgain: () => {
        actions.detectObjects(image.number);
      },
      leave: () => {
        actions.stopLocating();
      },
    });
    whereView.show(where);
  }

  function hidePreview(): void {
    preview.hidden = true;
  }

  function showDraft({ draft }: ChatState): void {
    if (draft.key !== state.draft.key) {
      box.input.value = draft.text;
      showHistory(false);
      // Their expanded parts belong to the other conversation.
      for (const view of turns.splice(0)) view.element.remove();
    } else if (draft.version !== state.draft.version) {
      if (box.input.value === '') box.input.value = draft.text;
      else actions.setDraft(draft.key, box.input.value);
    }
    box.input.readOnly = draft.key === 0;
  }

  function showTurns(next: ChatState): void {
    const follows = transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < AT_END;
    const begun = next.turns.length > turns.length;
    for (const view of turns.splice(next.turns.length)) view.element.remove();
    const images = Math.max(0, ...next.images.map(({ number }) => number));
    for (const [index, turn] of next.turns.entries()) {
      const view = turns[index] ?? createTurnView(index, { doc, words, actions: turnActions, reference });
      if (turns[index] === undefined) {
        turns.push(view);
        transcript.append(view.element);
      }
      view.show(turn, images);
    }
    welcome.hidden = next.turns.length > 0;
    if (follows || begun) transcript.scrollTop = transcript.scrollHeight;
  }

  function newsOf(next: ChatState): string {
    const failed = next.turns.find(({ error }) => error !== null)?.error;
    if (failed !== undefined && failed !== null) return failed.message;
    return next.turns.at(-1)?.answer === '' ? words.ends.stopped : words.answerReady;
  }

  // In the empty box, Up restores the last question.
  box.input.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' || box.input.value !== '') return;
    event.preventDefault();
    write(state.turns.at(-1)?.question ?? '');
  });
  box.input.addEventListener('input', () => {
    actions.setDraft(state.draft.key, box.input.value);
  });

  takeFiles(root, words.dropHere, (files) => {
    actions.addFiles(files);
  });

  return {
    show(next) {
      const ended = state.isBusy && !next.isBusy && next.turns.length > 0;
      showDraft(next);
      showTurns(next);
      history.show(next.history);
      if (next.images !== state.images || next.note !== state.note) strip.show(next.images);
      const empty = next.images.length === 0 ? words.noImages : words.welcome;
      welcome.textContent = next.note === null ? words.noNote : empty;
      showWhere(next);
      notice.textContent = next.notice;
      notice.hidden = next.notice === '';
      chip.hidden = next.region === null;
      if (next.region !== null) {
        const { image, part } = next.region;
        chipText.textContent = words.regionChosen(part, image);
      }
      sendButton.textContent = next.isBusy ? words.stop : words.send;
      startAnew.disabled = next.turns.length === 0;
      historyButton.hidden = next.history.length === 0 && !isHistoryOpen;
      undo.hidden = next.undo === null;
      const undoable = next.undo === null ? '' : words.undoable[next.undo];
      if (undoText.textContent !== undoable) undoText.textContent = undoable;
      strip.element.hidden = next.note === null;
      if (ended) announcer.say(newsOf(next));
      state = next;
    },
    focus() {
      box.input.focus();
    },
    destroy() {
      whereView?.close();
      announcer.destroy();
      root.remove();
    },
  };
}

/** Accepts images dropped or pasted anywhere on the panel; ignores other files. */
function takeFiles(root: HTMLElement, hint: string, take: (files: readonly File[]) => void): void {
  const imagesOf = (data: DataTransfer | null) =>
    [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  const over = (on: boolean) => {
    if (on) root.dataset['drop'] = hint;
    else delete root.dataset['drop'];
  };
  root.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    over(true);
  });
  root.addEventListener('dragleave', (event) => {
    if (!(event.relatedTarget instanceof Node && root.contains(event.relatedTarget))) over(false);
  });
  root.addEventListener('drop', (event) => {
    over(false);
    const files = imagesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  root.addEventListener('paste', (event) => {
    const files = imagesOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}
