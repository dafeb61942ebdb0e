import type { App, Command, Editor, MarkdownFileInfo, Plugin, TFile } from 'obsidian';
import type { ImageEmbed } from '../../core/note/image-embed.ts';
import type { Captioner } from '../../editor/captioner.ts';
import { embedAtCursor } from './caption/embed-at-cursor.ts';
import type { CaptionFeatures } from './caption/register-captions.ts';
import type { ChatCommands } from './chat/register-chat.ts';
import type { Words } from './messages/en.ts';

/** Opens the dialogs. */
export interface Dialogs {
  readonly findImage: () => void;
  readonly showUncaptioned: () => void;
  readonly summarize: (note: TFile) => void;
}

/** What the commands run. */
export interface Features extends CaptionFeatures {
  readonly captioner: Captioner;
  readonly chat: ChatCommands;
  readonly dialogs: Dialogs;
  /** Stops all captioning, including a paused batch. */
  readonly stop: () => void;
}

/** Registers the commands. Those that don't apply in the current context are hidden. */
export function registerCommands(plugin: Plugin, features: Features, words: Words): void {
  const { app } = plugin;
  const names = words.commands;
  const commands = [
    ...captionCommands(app, features, names),
    ...chatCommands(features, names),
    ...dialogCommands(app, features, names),
    ...batchCommands(features, names),
  ];
  for (const command of commands) plugin.addCommand(command);
}

type Names = Words['commands'];

function captionCommands(app: App, { captions }: Features, names: Names): Command[] {
  return [
    {
      id: 'caption-at-cursor',
      name: names.captionAtCursor,
      icon: 'captions',
      editorCheckCallback: onImage((note, embed) => captions.captionEmbed(note, embed)),
    },
    {
      id: 'caption-note',
      name: names.captionNote,
      icon: 'captions',
      checkCallback: onNote(app, (note) => captions.captionAll([note])),
    },
    {
      id: 'caption-folder',
      name: names.captionFolder,
      icon: 'folder',
      checkCallback: onNote(app, (note) => captions.captionAll([note.parent ?? app.vault.getRoot()])),
    },
    {
      id: 'caption-vault',
      name: names.captionVault,
      icon: 'vault',
      callback: () => captions.captionAll([app.vault.getRoot()]),
    },
    {
      id: 'describe-again',
      name: names.describeAgain,
      icon: 'refresh-cw',
      editorCheckCallback: onImage((note, embed) => {
        captions.describeAgain(note, embed);
      }),
    },
    {
      id: 'describe-under-images',
      name: names.describeUnder,
      icon: 'text',
      checkCallback: onNote(app, (note) => {
        captions.describeUnder(note);
      }),
    },
    {
      id: 'copy-description',
      name: names.copyDescription,
      icon: 'copy',
      editorCheckCallback: onImage((note, embed) => captions.copyDescription(note, embed)),
    },
  ];
}

function chatCommands({ chat }: Features, names: Names): Command[] {
  return [
    {
      id: 'ask-note',
      name: names.askNote,
      icon: 'messages-square',
      callback: () => chat.open(),
    },
    {
      id: 'clear-conversations',
      name: names.clearConversations,
      icon: 'trash-2',
      callback() {
        chat.clearAll();
      },
    },
  ];
}

function dialogCommands(app: App, { dialogs }: Features, names: Names): Command[] {
  return [
    {
      id: 'summarize-note',
      name: names.summarizeNote,
      icon: 'file-text',
      checkCallback: onNote(app, dialogs.summarize),
    },
    {
      id: 'find-image',
      name: names.findImage,
      icon: 'image',
      callback: dialogs.findImage,
    },
    {
      id: 'show-uncaptioned',
      name: names.showUncaptioned,
      icon: 'list-checks',
      callback: dialogs.showUncaptioned,
    },
  ];
}

function batchCommands(features: Features, names: Names): Command[] {
  const { captions, batches, unfinished, queue, captioner, stop } = features;
  const isPaused = () => unfinished.resumable !== null;
  return [
    {
      id: 'undo-batch',
      name: names.undoBatch,
      icon: 'undo-2',
      callback: () => captions.undo(),
    },
    {
      id: 'stop',
      name: names.stop,
      icon: 'square',
      checkCallback: when(() => captioner.progress !== null || isPaused(), stop),
    },
    {
      id: 'resume-batch',
      name: names.resumeBatch,
      icon: 'play',
      checkCallback: when(isPaused, () => batches.resume()),
    },
    {
      id: 'resume-waiting',
      name: names.resumeQueued,
      icon: 'play',
      checkCallback: when(
        () => queue.count > 0,
        () => queue.resume(),
      ),
    },
  ];
}

function onImage(run: (note: TFile, embed: ImageEmbed) => unknown) {
  return (checking: boolean, editor: Editor, info: MarkdownFileInfo): boolean => {
    const note = info.file;
    const embed = note === null ? null : embedAtCursor(editor);
    if (note === null || embed === null) return false;
    if (!checking) void run(note, embed);
    return true;
  };
}

function onNote(app: App, run: (note: TFile) => unknown) {
  return (checking: boolean): boolean => {
    const note = app.workspace.getActiveFile();
    if (note?.extension !== 'md') return false;
    if (!checking) void run(note);
    return true;
  };
}

function when(isPossible: () => boolean, run: () => unknown) {
  return (checking: boolean): boolean => {
    if (!isPossible()) return false;
    if (!checking) void run();
    return true;
  };
}
