import { type ExtensionContext, type Uri, type WebviewView, window, workspace } from 'vscode';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { createImageResolver } from '../../../core/note/list-images.ts';
import type { NoteChat } from '../../../editor/chat/note-chat.ts';
import { NO_NOTE } from '../../../ui/chat/chat-state.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { ImageSearch } from '../search/image-search.ts';
import type { Services } from '../services.ts';
import { type FromPage, parseFromPage, type ToPage } from './chat-messages.ts';
import { createConversations } from './conversations.ts';
import { pageFolder, pageHtml } from './page-html.ts';

/** Milliseconds between two updates of a streaming answer, and after a keystroke in the note. */
const FRAME = 50;
const SETTLE = 400;

/** The view in the side bar. */
export interface ChatView extends Disposable {
  /** Fills the view that VS Code has opened. */
  show(view: WebviewView): Promise<void>;
  /** Focuses the question box once it exists. */
  focus(): void;
  /** Selects only this image of a note. */
  chooseOnly(note: Uri, embed: ImageEmbed): Promise<void>;
  clearAll(): Promise<void>;
}

export function createChatView(
  context: ExtensionContext,
  services: Services,
  vaults: Vaults,
  search: Pick<ImageSearch, 'readAll' | 'find'>,
): ChatView {
  const { words, log } = services;
  let view: WebviewView | null = null;
  let note: Uri | null = null;
  let chat: NoteChat | null = null;
  let frame: NodeJS.Timeout | null = null;
  let settling: NodeJS.Timeout | undefined;
  let wantsFocus = false;
  let isReady = false;
  const sent = new Set<string>();

  const conversations = createConversations(
    context,
    services,
    vaults,
    search,
    (file) => view?.webview.asWebviewUri(file).toString() ?? '',
    (changed) => {
      if (changed.toString() === note?.toString()) draw();
    },
  );

  function post(message: ToPage): void {
    void view?.webview.postMessage(message);
  }

  function draw(): void {
    if (!isReady) return;
    frame ??= setTimeout(() => {
      frame = null;
      for (const [source, file] of conversations.dropped) {
        if (!sent.has(source)) post({ type: 'dropped', source, file });
        sent.add(source);
      }
      post({ type: 'state', state: chat?.state ?? NO_NOTE });
    }, FRAME);
  }

  async function follow(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (view === null || document === undefined || !isNoteDocument(document)) {
      draw();
      return;
    }
    if (note?.toString() !== document.uri.toString()) {
      note = document.uri;
      const opened = await conversations.of(document.uri);
      // The active note may have changed in the meantime.
      if (note.toString() !== document.uri.toString()) return;
      chat = opened;
      await allowImages(document.uri);
    }
    await chat?.refresh();
    draw();
  }

  /** The vault may be larger than the open folder. */
  async function allowImages(uri: Uri): Promise<void> {
    if (view === null) return;
    const vault = await vaults.of(uri);
    const roots = view.webview.options.localResourceRoots ?? [];
    const root = vault.uriOf('');
    if (roots.some(({ fsPath }) => fsPath === root.fsPath)) return;
    view.webview.options = { ...view.webview.options, localResourceRoots: [...roots, root] };
  }

  function take(message: FromPage): void {
    if (message.type === 'ready') {
      isReady = true;
      sent.clear();
      void follow();
      if (wantsFocus) post({ type: 'focus' });
      wantsFocus = false;
    } else if (message.name === 'addFiles') {
      if (note !== null) void conversations.addFiles(note, message.args[0]);
    } else {
      const actions = chat?.actions as Record<string, (...args: unknown[]) => void> | undefined;
      actions?.[message.name]?.(...message.args);
    }
  }

  const listeners = [
    window.onDidChangeActiveTextEditor(() => void follow()),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== note?.toString()) return;
      clearTimeout(settling);
      settling = setTimeout(() => void chat?.refresh(), SETTLE);
    }),
    vaults.onChange(() => void chat?.refresh()),
  ];

  return {
    async show(opened) {
      view = opened;
      isReady = false;
      view.title = words.chatTitle;
      const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
      view.webview.options = {
        enableScripts: true,
        localResourceRoots: [pageFolder(context.extensionUri), ...folders],
      };
      view.webview.onDidReceiveMessage((message: unknown) => {
        const known = parseFromPage(message);
        if (known === null) log.warn('The panel sent a message that is none of its own.');
        else take(known);
      });
      view.onDidChangeVisibility(() => {
        conversations.flush();
      });
      view.onDidDispose(() => {
        conversations.flush();
        if (view === opened) view = null;
        isReady = false;
      });
      view.webview.html = pageHtml(view.webview, context.extensionUri, words.locale);
      await follow();
    },
    focus() {
      if (isReady) post({ type: 'focus' });
      else wantsFocus = true;
    },
    async chooseOnly(uri, embed) {
      const vault = await vaults.of(uri);
      const { notes, files } = services.workOf(vault).captioner.ports;
      const path = vault.pathOf(uri);
      const image = createImageResolver(path, await notes.read(path), files.index())(embed);
      const source = imageSource(image, false);
      if (source === null) return;
      const about = await conversations.of(uri);
      await about.refresh();
      about.chooseOnly(source);
    },
    clearAll: () => conversations.clearAll(),
    dispose() {
      for (const listener of listeners) listener.dispose();
      if (frame !== null) clearTimeout(frame);
      clearTimeout(settling);
      conversations.dispose();
    },
  };
}
