import { commands, StatusBarAlignment, type TextDocument, window, workspace } from 'vscode';
import { statusText } from '../../../editor/status-text.ts';
import type { Vaults } from '../adapters/vaults.ts';
import { isNoteDocument } from '../adapters/vaults.ts';
import { countNeeded, type DocumentImages } from '../caption/document-images.ts';
import type { CommandName } from '../command-names.ts';
import type { Disposable } from '../disposable.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import type { Services } from '../services.ts';
import { engineInUse } from './engine-in-use.ts';

/** Milliseconds after the last keystroke before the images are counted again. */
const SETTLE = 500;

/** The item in the status bar: running work, a paused batch, or the images of the active note that need alt text. */
export interface StatusItem extends Disposable {
  /** Also shows the work of these services, which are loaded later. */
  follow(services: Services): void;
}

interface Shown {
  readonly icon: string;
  readonly text: string;
  readonly tooltip: string;
  readonly command: CommandName;
}

export function createStatusItem(vaults: Vaults, images: DocumentImages, words: VscodeWords): StatusItem {
  const item = window.createStatusBarItem('notesight.status', StatusBarAlignment.Left);
  item.name = 'Notesight';
  let services: Services | null = null;
  let settling: NodeJS.Timeout | undefined;
  const listeners: Disposable[] = [];

  function show({ icon, text, tooltip, command }: Shown): void {
    item.command = `notesight.${command}`;
    item.tooltip = tooltip;
    item.text = `$(${icon}) ${text}`.trim();
    item.accessibilityInformation = { label: `Notesight: ${text} ${tooltip}` };
    item.show();
  }

  /** A batch of several images shows its progress in a notification. */
  function work(): Shown | null {
    const state = services?.progress() ?? null;
    if (state !== null && state.total <= 1) {
      const text = state.total === 0 ? '' : statusText({ ...state, now: Date.now() }).text;
      return { icon: 'loading~spin', text, tooltip: words.batch.stop, command: 'stop' };
    }
    const batch = services?.unfinished.resumable ?? null;
    if (state !== null || batch === null) return null;
    const text = words.paused.status(batch.done, batch.total);
    return { icon: 'debug-pause', text, tooltip: words.batch.resume, command: 'resume' };
  }

  async function idle(document: TextDocument): Promise<Shown> {
    const count = await countNeeded(document, vaults, images);
    const { model, server } = engineInUse(document.uri, services, words);
    const tooltip = [words.status.model(model), words.status.server(server), words.status.needed(count)].join(
      '\n',
    );
    return { icon: 'file-media', text: count === 0 ? '' : `${count}`, tooltip, command: 'menu' };
  }

  async function update(): Promise<void> {
    setContexts(services);
    const shown = work();
    const document = window.activeTextEditor?.document;
    if (shown !== null) show(shown);
    else if (document === undefined || !isNoteDocument(document)) item.hide();
    else {
      const made = await idle(document);
      if (window.activeTextEditor?.document === document && work() === null) show(made);
    }
  }

  function later(): void {
    clearTimeout(settling);
    settling = setTimeout(() => void update(), SETTLE);
  }

  listeners.push(
    window.onDidChangeActiveTextEditor(() => void update()),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) later();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('notesight')) void update();
    }),
    vaults.onChange(later),
  );
  void update();
  return {
    follow(loaded) {
      services = loaded;
      listeners.push(loaded.onProgress(() => void update()));
      void update();
    },
    dispose() {
      clearTimeout(settling);
      for (const listener of listeners) listener.dispose();
      item.dispose();
    },
  };
}

/** For the `when` clauses of the manifest: *Stop* is offered only while something runs. */
function setContexts(services: Services | null): void {
  const isRunning = services !== null && services.progress() !== null;
  const isPaused = services !== null && services.unfinished.resumable !== null;
  void commands.executeCommand('setContext', 'notesight.running', isRunning);
  void commands.executeCommand('setContext', 'notesight.paused', isPaused);
}
