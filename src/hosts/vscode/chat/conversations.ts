import { basename, extname } from 'node:path';
import { type ExtensionContext, type Uri, window, workspace } from 'vscode';
import { type ConversationStore, openConversations } from '../../../core/ask/conversation-store.ts';
import { type Drafts, openDrafts } from '../../../core/ask/drafts.ts';
import type { Detector } from '../../../core/detect/detector.ts';
import type { Span } from '../../../core/markdown/span.ts';
import { dataUrlBytes } from '../../../core/note/data-url.ts';
import { imageName } from '../../../core/note/inline-source.ts';
import type { ChatNote } from '../../../editor/chat/chat-host.ts';
import { createDroppedImages, type DroppedImages } from '../../../editor/chat/dropped-images.ts';
import { createNoteChat, type NoteChat } from '../../../editor/chat/note-chat.ts';
import { openAskPorts, type ToolPorts } from '../../../editor/chat/open-ask-ports.ts';
import { createEditorDetector } from '../../../editor/editor-detector.ts';
import { nodeFetch } from '../../../node/node-fetch.ts';
import { openImageRecognizers, type OpenImageRecognizers } from '../../../node/open-image-recognizers.ts';
import { isNoteDocument, type OpenVault, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { ImageSearch } from '../search/image-search.ts';
import type { Services, VaultWork } from '../services.ts';
import type { SentFile } from './chat-messages.ts';
import { conversationFile } from './conversation-file.ts';
import { draftFile, type DraftFile } from './draft-file.ts';
import { createVscodeChatHost } from './vscode-chat-host.ts';

/** The conversations about the notes of the workspace. */
export interface Conversations extends Disposable {
  /** The conversation about a note; the same object each time. */
  of(note: Uri): Promise<NoteChat>;
  /** Adds dropped files to the conversation about a note. */
  addFiles(note: Uri, files: readonly SentFile[]): Promise<void>;
  /** All files dropped so far, by their substitute URL. */
  readonly dropped: ReadonlyMap<string, SentFile>;
  /** Writes pending drafts. */
  flush(): void;
  /** Deletes every conversation. */
  clearAll(): Promise<void>;
}

interface VaultChats {
  readonly work: VaultWork;
  readonly store: ConversationStore;
  readonly drafts: Drafts;
  readonly dropped: DroppedImages;
  readonly recognizers: OpenImageRecognizers;
  readonly detector: Detector;
}

/** A note that may be renamed. */
interface NamedNote extends ChatNote {
  path: string;
  basename: string;
}

/**
 * @param webviewUri returns the address of a file for the webview
 * @param onChange called with the note whose conversation has changed
 */
export function createConversations(
  context: ExtensionContext,
  services: Services,
  vaults: Vaults,
  search: Pick<ImageSearch, 'readAll' | 'find'>,
  webviewUri: (file: Uri) => string,
  onChange: (note: Uri) => void,
): Conversations {
  const { words } = services;
  const chats = new Map<string, { readonly note: NamedNote; readonly chat: NoteChat }>();
  const byVault = new Map<OpenVault, Promise<VaultChats>>();
  const dropped = new Map<string, SentFile>();
  const selections = new Map<string, Span>();
  const draftFiles: DraftFile[] = [];

  /** The webview creates its own URL for an image embedded in the note, as for a dropped file. */
  function sendInline(source: string, url: string): string {
    const bytes = dropped.has(source) ? null : dataUrlBytes(url);
    const type = /^data:([^;,]*)/i.exec(url)?.[1] ?? '';
    if (bytes !== null) dropped.set(source, { name: imageName(source), type, bytes });
    return source;
  }

  function chatsOf(vault: OpenVault): Promise<VaultChats> {
    const known = byVault.get(vault);
    if (known !== undefined) return known;
    const opening = openConversations(conversationFile(context, vault)).then((store) => {
      const work = services.workOf(vault);
      // The webview creates its own URL for a dropped file.
      const files = createDroppedImages({ make: (_file, path) => path, revoke: () => undefined });
      const { codec, images: inVault } = work.captioner.ports;
      const images = files.over(inVault);
      const recognizers = openImageRecognizers({ images, codec });
      const detector = createEditorDetector({
        images,
        codec,
        settings: work.settings,
        servers: () => services.servers.open(work.settings()),
        openRecognizers: () => Promise.resolve(recognizers),
      });
      const slot = draftFile(context, vault, (error) => {
        services.log.error('The draft of a question could not be saved.', error);
      });
      draftFiles.push(slot);
      return { work, store, drafts: openDrafts(slot), dropped: files, recognizers, detector };
    });
    byVault.set(vault, opening);
    return opening;
  }

  const toolsOf = (vault: OpenVault, recognizers: OpenImageRecognizers): ToolPorts => ({
    openRecognizers: () => Promise.resolve(recognizers),
    async findImages(query, limit, signal) {
      await search.readAll(signal);
      // Images of other vaults have paths of their own vault.
      return (await search.find(query, limit)).filter((image) => image.vault === vault);
    },
    webKey: () => services.servers.webKey(),
    fetch: nodeFetch,
  });

  async function create(uri: Uri, vault: OpenVault): Promise<{ note: NamedNote; chat: NoteChat }> {
    const { work, store, drafts, dropped: files, recognizers, detector } = await chatsOf(vault);
    const { ports } = work.captioner;
    const images = files.over(ports.images);
    const note: NamedNote = named(vault.pathOf(uri));
    const host = createVscodeChatHost(vault, words, webviewUri, sendInline, (at) =>
      selections.get(at.toString()),
    );
    const chat = createNoteChat(
      note,
      {
        host,
        words,
        explain: services.explain,
        settings: work.settings,
        notes: ports.notes,
        files: vault.files,
        dropped: files,
        store,
        drafts,
        detector,
        async open(contextOf, signal) {
          const servers = () => services.servers.open(work.settings());
          const answering = { ...ports, images, servers, words };
          return openAskPorts(answering, toolsOf(vault, recognizers), contextOf, signal);
        },
      },
      () => {
        onChange(vault.uriOf(note.path));
      },
    );
    return { note, chat };
  }

  async function of(uri: Uri): Promise<NoteChat> {
    const vault = await vaults.of(uri);
    const key = uri.toString();
    const known = chats.get(key) ?? (await create(uri, vault));
    chats.set(key, chats.get(key) ?? known);
    return known.chat;
  }

  function flush(): void {
    for (const file of draftFiles) file.flush();
  }

  const listeners = [
    window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections: [first] }) => {
      if (first === undefined || !isNoteDocument(document)) return;
      selections.set(document.uri.toString(), {
        from: document.offsetAt(first.start),
        to: document.offsetAt(first.end),
      });
    }),
    workspace.onDidRenameFiles(async ({ files }) => {
      for (const { oldUri, newUri } of files) {
        const vault = await vaults.of(newUri);
        const [from, to] = [vault.pathOf(oldUri), vault.pathOf(newUri)];
        const { store, drafts } = await chatsOf(vault);
        // Move the stored conversations first, so that an open one finds its data at the new path.
        void store.rename(from, to);
        drafts.rename(from, to);
        const renamed = chats.get(oldUri.toString());
        if (renamed !== undefined) {
          Object.assign(renamed.note, named(to));
          chats.delete(oldUri.toString());
          chats.set(newUri.toString(), renamed);
        }
        for (const { chat } of chats.values()) chat.rename(from, to);
      }
    }),
  ];

  return {
    of,
    dropped,
    async addFiles(note, files) {
      const chat = await of(note);
      const { dropped: images } = await chatsOf(await vaults.of(note));
      // The paths are returned in the order of the files.
      const paths = await images.add(files.map(({ name, type, bytes }) => new File([bytes], name, { type })));
      for (const [index, path] of paths.entries()) {
        const file = files[index];
        if (file !== undefined) dropped.set(path, file);
      }
      chat.add(paths);
    },
    async clearAll() {
      for (const { chat } of chats.values()) chat.forget();
      const folders = workspace.workspaceFolders ?? [];
      for (const { uri } of folders) await chatsOf(await vaults.of(uri));
      for (const opened of byVault.values()) {
        const { store, drafts } = await opened;
        drafts.clearEdits();
        await store.clear();
      }
    },
    flush,
    dispose() {
      flush();
      for (const listener of listeners) listener.dispose();
      for (const { chat } of chats.values()) chat.close();
      for (const opened of byVault.values()) void opened.then(({ recognizers }) => recognizers.close());
    },
  };
}

function named(path: string): { path: string; basename: string } {
  return { path, basename: basename(path, extname(path)) };
}
