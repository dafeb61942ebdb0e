import type { Editor, MarkdownFileInfo, Plugin, TFile } from 'obsidian';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import type { Features } from './caption/caption-commands.ts';
import { embedAtCursor } from './caption/embed-at-cursor.ts';
import type { ChatFeatures } from './chat/register-chat.ts';
import type { Words } from './messages/en.ts';

/** Opens the dialogs. */
export interface Dialogs {
  readonly findImage: () => void;
  readonly showUncaptioned: () => void;
  readonly summarize: (note: TFile) => void;
}

/** The state that commands depend on. */
export interface RunState {
  readonly running: () => boolean;
  readonly waiting: () => number;
  /** Whether there is a batch to resume. */
  readonly paused: () => boolean;
  readonly stop: () => void;
}

/** Registers the commands. Those that don't apply in the current context are hidden. */
export function registerCommands(
  plugin: Plugin,
  features: Features,
  chat: ChatFeatures,
  dialogs: Dialogs,
  state: RunState,
  words: Words,
): void {
  const { app } = plugin;
  const { commands } = words;

  const onImage =
    (run: (note: TFile, embed: ImageEmbed) => unknown) =>
    (checking: boolean, editor: Editor, info: MarkdownFileInfo): boolean => {
      const note = info.file;
      const embed = note === null ? null : embedAtCursor(editor);
      if (note === null || embed === null) return false;
      if (!checking) void run(note, embed);
      return true;
    };
  const onNote = (run: (note: TFile) => unknown) => (checking: boolean) => {
    const note = app.workspace.getActiveFile();
    if (note?.extension !== 'md') return false;
    if (!checking) void run(note);
    return true;
  };
  const when = (possible: () => boolean, run: () => unknown) => (checking: boolean) => {
    if (!possible()) return false;
    if (!checking) void run();
    return true;
  };

  plugin.addCommand({
    id: 'caption-at-cursor',
    name: commands.captionAtCursor,
    icon: 'captions',
    editorCheckCallback: onImage((note, embed) => features.captionEmbed(note, embed)),
  });
  plugin.addCommand({
    id: 'caption-note',
    name: commands.captionNote,
    icon: 'captions',
    checkCallback: onNote((note) => features.captionAll([note])),
  });
  plugin.addCommand({
    id: 'caption-folder',
    name: commands.captionFolder,
    icon: 'folder',
    checkCallback: onNote((note) => features.captionAll([note.parent ?? app.vault.getRoot()])),
  });
  plugin.addCommand({
    id: 'caption-vault',
    name: commands.captionVault,
    icon: 'vault',
    callback: () => features.captionAll([app.vault.getRoot()]),
  });
  plugin.addCommand({
    id: 'describe-again',
    name: commands.describeAgain,
    icon: 'refresh-cw',
    editorCheckCallback: onImage((note, embed) => {
      features.describeAgain(note, embed);
    }),
  });
  plugin.addCommand({
    id: 'describe-under-images',
    name: commands.describeUnder,
    icon: 'text',
    checkCallback: onNote((note) => {
      features.describeUnder(note);
    }),
  });
  plugin.addCommand({
    id: 'copy-description',
    name: commands.copyDescription,
    icon: 'copy',
    editorCheckCallback: onImage((note, embed) => features.copyDescription(note, embed)),
  });
  plugin.addCommand({
    id: 'ask-note',
    name: commands.askNote,
    icon: 'messages-square',
    callback: () => chat.open(),
  });
  plugin.addCommand({
    id: 'clear-conversations',
    name: commands.clearConversations,
    icon: 'trash-2',
    callback: () => {
      chat.clearAll();
    },
  });
  plugin.addCommand({
    id: 'summarize-note',
    name: commands.summarizeNote,
    icon: 'file-text',
    checkCallback: onNote((note) => {
      dialogs.summarize(note);
    }),
  });
  plugin.addCommand({
    id: 'find-image',
    name: commands.findImage,
    icon: 'image',
    callback: dialogs.findImage,
  });
  plugin.addCommand({
    id: 'show-uncaptioned',
    name: commands.showUncaptioned,
    icon: 'list-checks',
    callback: dialogs.showUncaptioned,
  });
  plugin.addCommand({
    id: 'undo-batch',
    name: commands.undoBatch,
    icon: 'undo-2',
    callback: () => features.undo(),
  });
  plugin.addCommand({
    id: 'stop',
    name: commands.stop,
    icon: 'square',
    checkCallback: when(state.running, state.stop),
  });
  plugin.addCommand({
    id: 'resume-batch',
    name: commands.resumeBatch,
    icon: 'play',
    checkCallback: when(state.paused, () => features.resumeBatch()),
  });
  plugin.addCommand({
    id: 'resume-waiting',
    name: commands.resumeWaiting,
    icon: 'play',
    checkCallback: when(
      () => state.waiting() > 0,
      () => features.resumeWaiting(),
    ),
  });
}
