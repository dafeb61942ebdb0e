import type { ChatActions, ChatState } from '../../src/ui/chat/chat-state.ts';
import { createChatPanel, type ChatPanel } from '../../src/ui/chat/chat-panel.ts';
import { showPageMenu } from '../../src/ui/menu/show-page-menu.ts';
import type { PanelLayout } from '../../src/ui/chat/panel-layout.ts';
import { createLazyRichText } from '../../src/hosts/vscode/webview/lazy-rich-text.ts';
import { chatEn } from '../../src/ui/chat/chat-en.ts';

export type ChatCall = readonly [action: string, ...args: unknown[]];

declare global {
  /** Opens a panel and records its requests to the host. */
  var openChat: (container: HTMLElement, state: ChatState, stored?: unknown) => void;
  var chat: {
    readonly panel: ChatPanel;
    readonly calls: ChatCall[];
    /** The stored drafts of the question at each keystroke, and of edited ones. */
    readonly drafts: [key: number, text: string][];
    readonly edits: [turn: number, text: string][];
    readonly layouts: readonly PanelLayout[];
  };
}

globalThis.openChat = (container, state, stored = null) => {
  const layouts: PanelLayout[] = [];
  const calls: ChatCall[] = [];
  const drafts: [number, string][] = [];
  const edits: [number, string][] = [];
  const note =
    (action: string) =>
    (...args: unknown[]): void => {
      calls.push([action, ...args]);
    };
  const actions: ChatActions = {
    ask: note('ask'),
    stop: note('stop'),
    askAgain: note('askAgain'),
    edit: note('edit'),
    copy: note('copy'),
    showSent: note('showSent'),
    insert: note('insert'),
    switchVersion: note('switchVersion'),
    startNew: note('startNew'),
    rename: note('rename'),
    saveAsNote: note('saveAsNote'),
    chooseModel: note('chooseModel'),
    openPast: note('openPast'),
    deletePast: note('deletePast'),
    undo: note('undo'),
    usePrompt: note('usePrompt'),
    includeNote: note('includeNote'),
    includeSelection: note('includeSelection'),
    findNotes: note('findNotes'),
    includeOther: note('includeOther'),
    setDraft: (key, text) => {
      drafts.push([key, text]);
    },
    setEdit: (turn, text) => {
      edits.push([turn, text]);
    },
    choose: note('choose'),
    chooseAtCursor: note('chooseAtCursor'),
    pin: note('pin'),
    addFiles: (files) => {
      calls.push(['addFiles', files.map(({ name }) => name)]);
    },
    addFromVault: note('addFromVault'),
    analyze: note('analyze'),
    stopAnalysis: note('stopAnalysis'),
    setRegion: note('setRegion'),
    detectObjects: note('detectObjects'),
    stopDetection: note('stopDetection'),
    reveal: note('reveal'),
    openLink: note('openLink'),
  };
  const panel = createChatPanel(
    container,
    chatEn,
    {
      showMenu: showPageMenu,
      imageEntries: () => [],
      rich: createLazyRichText('/rich-text.js'),
      layout: {
        load: () => stored,
        save: (layout) => {
          layouts.push(layout);
        },
      },
    },
    actions,
  );
  panel.show(state);
  globalThis.chat = { panel, calls, drafts, edits, layouts };
};
