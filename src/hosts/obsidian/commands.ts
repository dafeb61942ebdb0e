import type { Plugin, TFile } from 'obsidian';
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
  const { captions, imageTexts, chat, dialogs, batches, unfinished, queue, captioner, stop } = features;
  const { vault } = plugin.app;
  const names = words.commands;
  const { always, onNote, onImage, ifPossible } = commandKinds(plugin);

  onImage('caption-at-cursor', 'captions', names.captionAtCursor, captions.captionEmbed);
  onNote('caption-note', 'captions', names.captionNote, (note) => captions.captionAll([note]));
  onNote('caption-folder', 'folder', names.captionFolder, (note) =>
    captions.captionAll([note.parent ?? vault.getRoot()]),
  );
  always('caption-vault', 'vault', names.captionVault, () => captions.captionAll([vault.getRoot()]));
  onImage('describe-again', 'refresh-cw', names.describeAgain, captions.describeAgain);
  onImage('edit-alt-text', 'pencil', names.editAlt, imageTexts.edit);
  onImage('refine-alt-text', 'sparkles', names.refineAlt, imageTexts.refine);
  onNote('describe-under-images', 'text', names.describeUnder, captions.describeUnder);
  onImage('copy-description', 'copy', names.copyDescription, captions.copyDescription);

  always('ask-note', 'messages-square', names.askNote, chat.open);
  always('clear-conversations', 'trash-2', names.clearConversations, chat.clearAll);

  onNote('summarize-note', 'file-text', names.summarizeNote, dialogs.summarize);
  always('find-image', 'image', names.findImage, dialogs.findImage);
  always('show-uncaptioned', 'list-checks', names.showUncaptioned, dialogs.showUncaptioned);

  const isPaused = () => unfinished.resumable !== null;
  const isRunning = () => captioner.progress !== null || isPaused();
  always('undo-batch', 'undo-2', names.undoBatch, captions.undo);
  ifPossible('stop', 'square', names.stop, () => (isRunning() ? stop : null));
  ifPossible('resume-batch', 'play', names.resumeBatch, () => (isPaused() ? batches.resume : null));
  ifPossible('resume-waiting', 'play', names.resumeQueued, () => (queue.count > 0 ? queue.resume : null));
}

type Run = () => unknown;

/** Functions that add a command, by the context in which it applies. */
function commandKinds(plugin: Plugin) {
  /** @param find returns what to run, or null if the command does not apply */
  function ifPossible(id: string, icon: string, name: string, find: () => Run | null): void {
    plugin.addCommand({ id, icon, name, checkCallback: (checking) => check(checking, find()) });
  }

  function always(id: string, icon: string, name: string, run: Run): void {
    plugin.addCommand({ id, icon, name, callback: run });
  }

  function onNote(id: string, icon: string, name: string, run: (note: TFile) => unknown): void {
    ifPossible(id, icon, name, () => {
      const note = plugin.app.workspace.getActiveFile();
      return note?.extension === 'md' ? () => run(note) : null;
    });
  }

  function onImage(
    id: string,
    icon: string,
    name: string,
    run: (note: TFile, embed: ImageEmbed) => unknown,
  ): void {
    plugin.addCommand({
      id,
      icon,
      name,
      editorCheckCallback(checking, editor, { file }) {
        const embed = file === null ? null : embedAtCursor(editor);
        return check(checking, file === null || embed === null ? null : () => run(file, embed));
      },
    });
  }

  return { always, ifPossible, onNote, onImage };
}

/** Runs a command unless Obsidian only checks whether it applies. */
function check(isChecking: boolean, run: Run | null): boolean {
  if (run !== null && !isChecking) void run();
  return run !== null;
}
