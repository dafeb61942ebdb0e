import { basename, extname } from 'node:path';
import { type Event, EventEmitter, type FileRenameEvent, type Uri, workspace } from 'vscode';
import type { ChatNote } from '../../../editor/chat/chat-host.ts';
import { createNoteChat, type NoteChat } from '../../../editor/chat/note-chat.ts';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { SentFile } from './chat-messages.ts';
import type { ChatVaults } from './chat-vaults.ts';
import { trackSelections } from './last-selections.ts';
import type { SentFiles } from './sent-files.ts';
import { createVscodeChatHost } from './vscode-chat-host.ts';

/** The conversations about the notes of the workspace. */
export interface Conversations extends Disposable {
  /** Fires with the note whose conversation has changed. */
  readonly onChange: Event<Uri>;
  /** The conversation about a note; the same object each time. */
  of(note: Uri): Promise<NoteChat>;
  /** Adds dropped files to the conversation about a note. */
  addFiles(note: Uri, files: readonly SentFile[]): Promise<void>;
  /** Deletes every conversation. */
  clearAll(): Promise<void>;
}

/** A note that may be renamed. */
interface NamedNote extends ChatNote {
  path: string;
  basename: string;
}

/** @param fileUrl returns the URL of a file for the webview */
export function createConversations(
  vaults: Vaults,
  chatVaults: ChatVaults,
  fileUrl: (file: Uri) => string,
  sentFiles: SentFiles,
): Conversations {
  const chats = new Map<string, { readonly note: NamedNote; readonly chat: NoteChat }>();
  const changed = new EventEmitter<Uri>();
  const selections = trackSelections();
  const urls = { fileUrl, inlineUrl: sentFiles.inlineUrl };

  async function create(uri: Uri, vault: OpenVault): Promise<{ note: NamedNote; chat: NoteChat }> {
    const chatVault = await chatVaults.of(vault);
    const note: NamedNote = named(vault.pathOf(uri));
    const host = createVscodeChatHost(vault, chatVault.words, urls, selections);
    const chat = createNoteChat(note, { ...chatVault, host }, () => {
      changed.fire(vault.uriOf(note.path));
    });
    return { note, chat };
  }

  async function of(uri: Uri): Promise<NoteChat> {
    const vault = await vaults.of(uri);
    const key = uri.toString();
    const known = chats.get(key) ?? (await create(uri, vault));
    chats.set(key, chats.get(key) ?? known);
    return known.chat;
  }

  async function rename({ oldUri, newUri }: FileRenameEvent['files'][number]): Promise<void> {
    const vault = await vaults.of(newUri);
    const [from, to] = [vault.pathOf(oldUri), vault.pathOf(newUri)];
    const { store, drafts } = await chatVaults.of(vault);
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

  const listeners = [
    changed,
    selections,
    workspace.onDidRenameFiles(async ({ files }) => {
      for (const file of files) await rename(file);
    }),
  ];

  return {
    onChange: changed.event,
    of,
    async addFiles(note, files) {
      const chat = await of(note);
      const { dropped } = await chatVaults.of(await vaults.of(note));
      // The paths are returned in the order of the files.
      const paths = await dropped.add(
        files.map(({ name, type, bytes }) => new File([bytes], name, { type })),
      );
      for (const [index, path] of paths.entries()) {
        const file = files[index];
        if (file !== undefined) sentFiles.add(path, file);
      }
      chat.add(paths);
    },
    async clearAll() {
      for (const { chat } of chats.values()) chat.forget();
      for (const folder of workspaceFolders()) await chatVaults.of(await vaults.of(folder));
      await chatVaults.clear();
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
      for (const { chat } of chats.values()) chat.close();
    },
  };
}

function named(path: string): { path: string; basename: string } {
  return { path, basename: basename(path, extname(path)) };
}
