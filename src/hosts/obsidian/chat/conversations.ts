import type { App, Plugin, TAbstractFile, TFile } from 'obsidian';
import { openConversations } from '../../../core/ask/conversation-store.ts';
import { type Drafts, openDrafts } from '../../../core/ask/drafts.ts';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
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
import { surveyServers } from '../../../editor/survey-servers.ts';
import type { Words } from '../messages/en.ts';
import { conversationFile } from './conversation-file.ts';
import { showError } from '../show-error.ts';
import { ChoicePrompt } from '../choice-prompt.ts';
import { modelChoices } from '../settings/model-choices.ts';
import { createObsidianChatHost } from './obsidian-chat-host.ts';

const DRAFTS_KEY = 'notesight-drafts';
/** Milliseconds to wait for the lists of models. */
const LIST_LIMIT = 10_000;

export interface ChatPorts {
  readonly captioner: Captioner;
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly settings: () => Settings;
  readonly change: (changes: Partial<Settings>) => Promise<void>;
  readonly servers: () => ModelSources;
  readonly tools: Omit<ToolPorts, 'openRecognizers'>;
  /** Opens the recognizers of the pack; null if it is not installed. */
  readonly openRecognizers: () => Promise<Recognizers | null>;
  /** The plugin's folder. */
  readonly folder: string;
}

/** The conversations about the notes of the vault. */
export interface Conversations {
  /** The conversation about a note; the same object each time. */
  readonly of: (note: TFile, onChange: () => void) => Promise<NoteChat>;
  /** Deletes every conversation. */
  readonly clear: () => Promise<void>;
}

/** Closes the conversations with the plugin, and updates them when files are renamed. */
export function createConversations(plugin: Plugin, ports: ChatPorts): Conversations {
  const { app } = plugin;
  const chats = new Map<TFile, { readonly chat: NoteChat; onChange: () => void }>();
  const openStore = once(() => openConversations(conversationFile(plugin, ports.folder)));
  const drafts = openLocalDrafts(app);
  const chatPorts = openChatPorts(app, ports);
  plugin.register(() => {
    for (const { chat } of chats.values()) chat.close();
    chatPorts.dropped.close();
  });
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
    async of(note, onChange) {
      const store = await openStore();
      const known = chats.get(note);
      if (known !== undefined) {
        known.onChange = onChange;
        return known.chat;
      }
      const entry = {
        onChange,
        chat: createNoteChat(note, { ...chatPorts, store, drafts }, () => {
          entry.onChange();
        }),
      };
      chats.set(note, entry);
      return entry.chat;
    },
    async clear() {
      for (const { chat } of chats.values()) chat.forget();
      drafts.clearEdits();
      await (await openStore()).clear();
    },
  };
}

/** What all conversations share. */
function openChatPorts(app: App, ports: ChatPorts): Omit<NoteChatPorts, 'store' | 'drafts'> {
  const { captioner, words, settings, servers, tools } = ports;
  const { codec, notes, files } = captioner.ports;
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
  return {
    ...ports,
    host: createObsidianChatHost(app, words, (chosen) => void chooseModel(app, ports, chosen)),
    notes,
    files,
    dropped,
    detector: createEditorDetector({ images, codec, settings, servers, openRecognizers }),
    open: (contextOf, signal) =>
      openAskPorts(
        { ...captioner.ports, images, servers, words },
        { ...tools, openRecognizers },
        contextOf,
        signal,
      ),
  };
}

/** Lets the user choose a model of the servers, vision models first. Shows an error if no server responds. */
async function chooseModel(
  app: App,
  { servers, words, explain, change }: ChatPorts,
  chosen: () => void,
): Promise<void> {
  try {
    const { models, best } = await surveyServers(servers(), AbortSignal.timeout(LIST_LIMIT));
    const sorted = models.toSorted((a, b) => Number(b.supportsImages) - Number(a.supportsImages));
    const choices = modelChoices({ models: sorted, best }, words);
    new ChoicePrompt(app, words.chatNotes.pickModel, choices, (model) => {
      void change({ model }).then(chosen);
    }).open();
  } catch (error) {
    showError(error, explain);
  }
}

/** Local to this device and written immediately: closing a window or losing power must not lose a draft. */
function openLocalDrafts(app: App): Drafts {
  return openDrafts({
    read() {
      const stored: unknown = app.loadLocalStorage(DRAFTS_KEY);
      return typeof stored === 'string' ? stored : '';
    },
    write(text) {
      app.saveLocalStorage(DRAFTS_KEY, text === '' ? null : text);
    },
  });
}
