import type { Uri, WebviewView } from 'vscode';
import type { ChatState } from '../../../ui/chat/chat-state.ts';
import type { Services } from '../services.ts';
import { type FromPage, parseFromPage, type ToPage } from './chat-messages.ts';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import { pageFolder, pageHtml } from '../adapters/page-html.ts';
import type { SentFiles } from './sent-files.ts';

/** Milliseconds between two updates of a streaming answer. */
const FRAME = 50;

/** The page in the webview of the view. VS Code opens the view, and may close and open it again. */
export interface ChatPage {
  readonly isOpen: boolean;
  open(view: WebviewView, events: PageEvents): void;
  /** Shows the state at the next frame, once the page is ready. */
  draw(state: () => ChatState): void;
  /** Focuses the question box once the page is ready. */
  focus(): void;
  /** The URL of a file for the page. */
  fileUrl(file: Uri): string;
  /** Allows the page to load the images of a folder. */
  allow(folder: Uri): void;
  /** Cancels a pending update. */
  close(): void;
}

/** An action of the user on the page. */
export type PageAction = Extract<FromPage, { type: 'act' }>;

export interface PageEvents {
  readonly onReady: () => void;
  readonly onAction: (action: PageAction) => void;
  /** Called when the view is shown, hidden or closed. */
  readonly onVisibility: () => void;
}

/** @param extension the folder of the extension */
export function createChatPage(extension: Uri, { words, log }: Services, sentFiles: SentFiles): ChatPage {
  let view: WebviewView | null = null;
  let isReady = false;
  let wantsFocus = false;
  let frame: NodeJS.Timeout | null = null;
  /** The files that the page has. */
  const sent = new Set<string>();

  function post(message: ToPage): void {
    void view?.webview.postMessage(message);
  }

  function start(onReady: () => void): void {
    isReady = true;
    sent.clear();
    onReady();
    if (wantsFocus) post({ type: 'focus' });
    wantsFocus = false;
  }

  return {
    get isOpen() {
      return view !== null;
    },
    open(opened, { onReady, onAction, onVisibility }) {
      view = opened;
      isReady = false;
      opened.title = words.chatTitle;
      opened.webview.options = {
        enableScripts: true,
        localResourceRoots: [pageFolder(extension), ...workspaceFolders()],
      };
      opened.webview.onDidReceiveMessage((received: unknown) => {
        const message = parseFromPage(received);
        if (message === null) log.warn('Ignored an unknown message from the chat panel.');
        else if (message.type === 'ready') start(onReady);
        else onAction(message);
      });
      opened.onDidChangeVisibility(onVisibility);
      opened.onDidDispose(() => {
        onVisibility();
        if (view === opened) view = null;
        isReady = false;
      });
      opened.webview.html = pageHtml(opened.webview, extension, {
        script: 'chat.js',
        style: 'chat-style.css',
        language: words.locale,
        images: 'blob:',
        module: 'rich-text.js',
      });
    },
    draw(state) {
      if (!isReady) return;
      frame ??= setTimeout(() => {
        frame = null;
        for (const [source, file] of sentFiles.files) {
          if (!sent.has(source)) post({ type: 'dropped', source, file });
          sent.add(source);
        }
        post({ type: 'state', state: state() });
      }, FRAME);
    },
    focus() {
      if (isReady) post({ type: 'focus' });
      else wantsFocus = true;
    },
    fileUrl: (file) => view?.webview.asWebviewUri(file).toString() ?? '',
    allow(folder) {
      if (view === null) return;
      const roots = view.webview.options.localResourceRoots ?? [];
      if (roots.some(({ fsPath }) => fsPath === folder.fsPath)) return;
      view.webview.options = { ...view.webview.options, localResourceRoots: [...roots, folder] };
    },
    close() {
      if (frame !== null) clearTimeout(frame);
    },
  };
}
