import { setTimeout as sleep } from 'node:timers/promises';
import { type DiagnosticCollection, ProgressLocation, type Uri, window, workspace } from 'vscode';
import { listImages } from '../../../core/note/list-images.ts';
import { workspaceFolders } from '../adapters/open-vaults.ts';
import { hasTab, openDocument } from '../adapters/document-notes.ts';
import { readSettings } from '../adapters/settings.ts';
import { NOTE_FILES, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { imageProblems } from './image-problems.ts';
import { rangesIn } from './ranges-in.ts';

/** Milliseconds of work before other work gets a turn. */
const SLICE = 20;
/** Milliseconds after which a check shows its progress. */
const SHOW_AFTER = 1000;
/** Milliseconds without changes to files before all notes are checked again. */
const SETTLE = 2000;

/** Reports the problems of the notes that are not open, if the settings ask for it. */
export interface WorkspaceCheck extends Disposable {
  /** Checks a note again. */
  readonly check: (note: Uri) => void;
}

export function createWorkspaceCheck(
  collection: DiagnosticCollection,
  vaults: Vaults,
  words: VscodeWords,
): WorkspaceCheck {
  const checked = new Map<string, Uri>();
  let running: AbortController | null = null;
  let settling: NodeJS.Timeout | undefined;
  const isOn = () => readSettings().checkWorkspace && readSettings().diagnostics;

  async function checkFile(uri: Uri): Promise<void> {
    const open = openDocument(uri);
    // Its own diagnostics are up to date.
    if (open !== undefined && hasTab(open)) return;
    const vault = await vaults.of(uri);
    const text = await readText(uri);
    if (!isOn() || text === null) return;
    const note = vault.pathOf(uri);
    const images = listImages(note, text, vault.files.index());
    collection.set(uri, imageProblems({ note, images, rangeOf: rangesIn(text) }, readSettings(uri), words));
    checked.set(uri.toString(), uri);
  }

  async function start(): Promise<void> {
    running?.abort();
    const controller = (running = new AbortController());
    const checking = checkAll(vaults, checkFile, controller.signal);
    await showIfLong(checking, words.problems.checking, controller);
  }

  function stop(): void {
    running?.abort();
    running = null;
    for (const uri of checked.values()) {
      const open = openDocument(uri);
      if (open === undefined || !hasTab(open)) collection.delete(uri);
    }
    checked.clear();
  }

  function update(): void {
    if (isOn()) void start();
    else stop();
  }

  const check = (note: Uri) => {
    if (isOn()) void checkFile(note);
  };
  const watcher = workspace.createFileSystemWatcher(NOTE_FILES);
  const listeners = [
    watcher,
    watcher.onDidChange(check),
    watcher.onDidCreate(check),
    watcher.onDidDelete((uri) => {
      collection.delete(uri);
      checked.delete(uri.toString());
    }),
    vaults.onChange(() => {
      if (!isOn()) return;
      clearTimeout(settling);
      settling = setTimeout(() => {
        for (const uri of checked.values()) void checkFile(uri);
      }, SETTLE);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('notesight')) update();
    }),
  ];
  if (isOn()) void start();
  return {
    check,
    dispose() {
      clearTimeout(settling);
      running?.abort();
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** Checks all notes of the workspace in small slices. */
async function checkAll(
  vaults: Vaults,
  checkFile: (uri: Uri) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let until = performance.now() + SLICE;
  for (const folder of workspaceFolders()) {
    for (const { vault, notes } of await vaults.notesIn(folder)) {
      for (const note of notes) {
        if (signal.aborted) return;
        await checkFile(vault.uriOf(note));
        if (performance.now() < until) continue;
        await sleep(0);
        until = performance.now() + SLICE;
      }
    }
  }
}

/** Shows a notification that can stop the work, once it takes a while. */
async function showIfLong(work: Promise<void>, title: string, controller: AbortController): Promise<void> {
  const isLong = await Promise.race([work.then(() => false), sleep(SHOW_AFTER, true)]);
  if (!isLong) return;
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, (_progress, token) => {
    token.onCancellationRequested(() => {
      controller.abort();
    });
    return work;
  });
}

async function readText(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
