import { createAnnouncer } from '../announcer.ts';
import { element, viewRoot } from '../dom.ts';
import { createAnalysisView } from './analysis-view.ts';
import { type ChatActions, type ChatState, NO_NOTE } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { createComposer } from './composer.ts';
import { createConversationBar } from './conversation-bar.ts';
import { createDetection } from './detection.ts';
import { createHistoryView } from './history-view.ts';
import { createImageStrip } from './image-strip.ts';
import type { PanelHost } from './panel-host.ts';
import { createReferences } from './references.ts';
import { type OpenPicker, pickRegion } from './region-picker.ts';
import { takeFiles } from './take-files.ts';
import { createTranscript } from './transcript.ts';

/** The conversation about the images of a note. */
export interface ChatPanel {
  show(state: ChatState): void;
  /** Focuses the question box. */
  focus(): void;
  destroy(): void;
}

/** @param container limits the height; the conversation scrolls inside it */
export function createChatPanel(
  container: HTMLElement,
  words: ChatWords,
  host: PanelHost,
  actions: ChatActions,
): ChatPanel {
  const doc = container.ownerDocument;
  let state = NO_NOTE;
  let picker: OpenPicker | null = null;
  let isHistoryOpen = false;

  const root = viewRoot(doc, 'notesight-chat');
  const notice = element(doc, 'p', 'notesight-notice');
  notice.role = 'note';
  const detection = createDetection(doc, words, actions, () => composer.input);
  const strip = createImageStrip(doc, words, host, {
    ...actions,
    detectObjects: detection.start,
    pickRegion: (image) => {
      picker = pickRegion(doc, image, words, {
        take: (part) => {
          actions.setRegion(image.number, part);
          composer.input.focus();
        },
        detectObjects: () => {
          detection.start(image.number);
        },
      });
    },
  });
  const references = createReferences(root, words, (image) => {
    actions.reveal(image);
  });
  const transcript = createTranscript({
    doc,
    words,
    showMenu: host.showMenu,
    rich: host.rich,
    reference: references.link,
    actions: {
      ...actions,
      askAgain: (turn) => {
        composer.sent(state.turns[turn]?.question ?? '');
        actions.askAgain(turn);
      },
    },
  });
  const history = createHistoryView(doc, words, {
    open: (id) => {
      showHistory(false);
      composer.input.focus();
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
  const bar = createConversationBar(doc, words, host.showMenu, {
    ...actions,
    startNew: () => {
      showHistory(false);
      actions.startNew();
      composer.input.focus();
    },
    toggleHistory: () => {
      showHistory(!isHistoryOpen);
    },
  });
  const composer = createComposer(doc, words, actions, () => {
    showHistory(false);
  });
  const analysis = createAnalysisView(doc, words.analysis, {
    start: () => {
      actions.analyze();
    },
    stop: () => {
      actions.stopAnalysis();
    },
    askAgain: () => {
      actions.askAgain(state.turns.length - 1);
      composer.input.focus();
    },
  });
  const announcer = createAnnouncer(doc, () => '');
  root.append(bar.element, notice, strip.element, transcript.element, history.element);
  root.append(analysis.element, composer.element, references.preview, announcer.element);
  container.append(root);
  takeFiles(root, words.dropHere, (files) => {
    actions.addFiles(files);
  });

  function showHistory(isOpen: boolean): void {
    const hadFocus = history.element.contains(doc.activeElement);
    isHistoryOpen = isOpen;
    history.element.hidden = !isOpen;
    transcript.element.hidden = isOpen;
    bar.show(state, isOpen);
    if (isOpen) history.focus();
    else if (hadFocus && !bar.focusHistory()) composer.input.focus();
  }

  function newsOf(next: ChatState): string {
    const failed = next.turns.find(({ error }) => error !== null)?.error;
    if (failed !== undefined && failed !== null) return failed.message;
    return next.turns.at(-1)?.answer === '' ? words.ends.stopped : words.answerReady;
  }

  return {
    show(next) {
      const before = state;
      state = next;
      if (next.draft.key !== before.draft.key) showHistory(false);
      composer.show(next);
      references.show(next.images);
      history.show(next.history);
      bar.show(next, isHistoryOpen);
      if (next.images !== before.images || next.note !== before.note) strip.show(next.images);
      strip.element.hidden = next.note === null;
      detection.show(next);
      analysis.show(next.analysis);
      notice.textContent = next.notice;
      notice.hidden = next.notice === '';
      // Last, when its height is final: it scrolls to the end.
      const empty = next.images.length === 0 ? words.noImages : words.welcome;
      transcript.show(next, next.note === null ? words.noNote : empty);
      if (before.isBusy && !next.isBusy && next.turns.length > 0) announcer.say(newsOf(next));
      if (before.analysis?.state === 'running' && next.analysis?.state === 'done')
        announcer.say(words.analysis.ready);
    },
    focus() {
      composer.input.focus();
    },
    destroy() {
      detection.close();
      picker?.close();
      announcer.destroy();
      root.remove();
    },
  };
}
