import { ConfirmationModal, Notice, type Plugin, type TAbstractFile, type TFile } from 'obsidian';
import { openConversations, type TextFile } from '../../../core/ask/conversation-store.ts';
import { openDrafts } from '../../../core/ask/drafts.ts';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ImageEmbed } from '../../../core/note/image-embed.ts';
import { imageSource } from '../../../core/note/image-source.ts';
import { resolveImage } from '../../../core/note/resolve-image.ts';
import type { Recognizers } from '../../../core/ports.ts';
import { createImageRecognizers } from '../../../core/recognition/image-recognizers.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import type { Captioner } from '../../../editor/captioner.ts';
import { createDroppedImages } from '../../../editor/chat/dropped-images.ts';
import type { NoteChatPorts } from '../../../editor/chat/note-chat-ports.ts';
import { createNoteChat, type NoteChat } from '../../../editor/chat/note-chat.ts';
import { openAskPorts, type ToolPorts } from '../../../editor/chat/open-ask-ports.ts';
import { createEditorDetector } from '../../../editor/editor-detector.ts';
import { once } from '../../../editor/once.ts';
import type { Words } from '../messages/en.ts';
import { CHAT_VIEW, ChatView } from './chat-view.ts';
import { createObsidianChatHost } from './obsidian-chat-host.ts';

const DRAFTS_KEY = 'notesight-drafts';

export interface ChatPorts {
  readonly captioner: Captioner;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly servers: () => ModelSources;
  readonly tools: Omit<ToolPorts, 'openRecognizers'>;
  /** Opens the recognizers of the pack; null if it is not installed. */
  readonly openRecognizers: () => Promise<Recognizers | null>;
  /** The plugin's folder. */
  readonly folder: string;
}

/** Chat actions for commands and menus. */
export interface ChatFeatures {
  /** Opens the sidebar. */
  open(): Promise<void>;
  /** Deletes every conversation after asking for confirmation. */
  clearAll(): void;
  /** Opens the sidebar for one image of a note. */
  askAbout(note: TFile, embed: ImageEmbed): Promise<void>;
}

/** Registers the sidebar and its conversations, with their storage. */
export function registerChat(plugin: Plugin, ports: ChatPorts): ChatFeatures {
  const { app } = plugin;
  const { captioner, words, explain, settings, servers, tools } = ports;
  const { codec, notes, files } = captioner.ports;
  const host = createObsidianChatHost(app, words);
  const dropped = createDroppedImages({
    make: (file) => URL.createObjectURL(file),
    revoke: (url) => {
      URL.revokeObjectURL(url);
    },
  });
  const images = dropped.over(captioner.ports.images);
  const openRecognizers = async () => {
    const recognizers = await ports.openRecognizers();
    return recognizers && createImageRecognizers({ images, codec, recognizers });
  };
  const detector = createEditorDetector({ images, codec, settings, servers, openRecognizers });
  const chats = new Map<TFile, { readonly chat: NoteChat; onChange: () => void }>();
  const openStore = once(() => openConversations(conversationFile(plugin, ports.folder)));
  // Local to this device and written immediately: closing a window or losing power must not lose a draft.
  const drafts = openDrafts({
    read() {
      const stored: unknown = app.loadLocalStorage(DRAFTS_KEY);
      return typeof stored === 'string' ? stored : '';
    },
    write(text) {
      app.saveLocalStorage(DRAFTS_KEY, text === '' ? null : text);
    },
  });
  plugin.register(() => {
    for (const { chat } of chats.values()) chat.close();
    dropped.close();
  });

  const open: NoteChatPorts['open'] = (contextOf, signal) =>
    openAskPorts(
      { ...captioner.ports, images, servers, words },
      { ...tools, openRecognizers },
      contextOf,
      signal,
    );

  async function chatOf(note: TFile, onChange: () => void): Promise<NoteChat> {
    const store = await openStore();
    const known = chats.get(note);
    if (known !== undefined) {
      known.onChange = onChange;
      return known.chat;
    }
    const entry = {
      onChange,
      chat: createNoteChat(
        note,
        { host, words, explain, settings, notes, files, dropped, store, drafts, detector, open },
        () => {
          entry.onChange();
        },
      ),
    };
    chats.set(note, entry);
    return entry.chat;
  }

  async function view(): Promise<ChatView | null> {
    const leaf = await app.workspace.ensureSideLeaf(CHAT_VIEW, 'right', { active: true, reveal: true });
    return leaf.view instanceof ChatView ? leaf.view : null;
  }

  plugin.registerView(CHAT_VIEW, (leaf) => new ChatView(leaf, words, { of: chatOf }));
  plugin.registerEvent(
    app.vault.on('rename', ({ path }: TAbstractFile, oldPath: string) => {
      drafts.rename(oldPath, path);
      // Move the stored conversations first, so that an open one finds its data at the new path.
      void openStore().then((store) => {
        void store.rename(oldPath, path);
        for (const { chat } of chats.values()) chat.rename(oldPath, path);
      });
    }),
  );
  return {
    async open() {
      (await view())?.focus();
    },
    clearAll() {
      const { chatNotes } = words;
      const question = new ConfirmationModal(app);
      question.setTitle(chatNotes.clearAll);
      question.contentEl.createEl('p', { text: chatNotes.clearQuestion });
      question.addButton((button) =>
        button
          .setButtonText(chatNotes.clear)
          .setDestructive()
          .onClick(async () => {
            for (const { chat } of chats.values()) chat.forget();
            drafts.clearEdits();
            await (await openStore()).clear();
            new Notice(chatNotes.cleared);
          }),
      );
      question.addCancelButton();
      question.open();
    },
    async askAbout(note, embed) {
      const image = resolveImage(embed.target, embed.syntax, note.path, files.index());
      const chat = await view();
      const source = imageSource(image, false);
      if (source === null) chat?.focus();
      else await chat?.askAbout(note, source);
    },
  };
}

/**
 * Stored next to the log and not in the settings, because it is written with every question and answer. A backup is
 * written first: if writing is interrupted, one of the two files is intact.
 */
function conversationFile({ app }: Plugin, folder: string): TextFile {
  const { adapter } = app.vault;
  const path = `${folder}/conversations.json`;
  const spare = `${path}.new`;
  return {
    async read() {
      if (await adapter.exists(path)) return adapter.read(path);
      return (await adapter.exists(spare)) ? adapter.read(spare) : '';
    },
    async write(text) {
      await adapter.write(spare, text);
      if (await adapter.exists(path)) await adapter.remove(path);
      await adapter.rename(spare, path);
    },
  };
}
