import { type DiagnosticCollection, type TextDocument, type Uri, window, workspace } from 'vscode';
import { hasTab } from '../adapters/document-notes.ts';
import { readSettings } from '../adapters/settings.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';
import { imageProblems } from './image-problems.ts';

/** Milliseconds after the last keystroke before a note is checked again. */
const SETTLE = 300;

export interface DiagnosticsPorts {
  readonly collection: DiagnosticCollection;
  readonly vaults: Vaults;
  readonly images: DocumentImages;
  readonly words: VscodeWords;
  /** Called with a note that is no longer shown in an editor, after its problems were removed. */
  readonly onHidden: (note: Uri) => void;
}

/** Marks images that need alt text or whose file is missing, in the notes that have an editor or a tab. */
export function createDiagnostics({
  collection,
  vaults,
  images,
  words,
  onHidden,
}: DiagnosticsPorts): Disposable {
  const timers = new Map<string, NodeJS.Timeout>();
  const marked = new Set<TextDocument>();

  async function show(document: TextDocument): Promise<void> {
    if (!isNoteDocument(document)) return;
    if (!isShown(document)) {
      hide(document);
      return;
    }
    marked.add(document);
    const settings = readSettings(document.uri);
    if (!settings.diagnostics) {
      collection.delete(document.uri);
      return;
    }
    const { version } = document;
    const vault = await vaults.of(document.uri);
    if (document.isClosed || document.version !== version || !marked.has(document)) return;
    const note = {
      note: vault.pathOf(document.uri),
      images: images.of(document, vault),
      rangeOf: rangeOf.bind(null, document),
    };
    collection.set(document.uri, imageProblems(note, settings, words));
  }

  function hide(document: TextDocument): void {
    clearTimeout(timers.get(document.uri.toString()));
    if (!marked.delete(document)) return;
    collection.delete(document.uri);
    onHidden(document.uri);
  }

  function later(document: TextDocument): void {
    if (!isNoteDocument(document)) return;
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void show(document);
      }, SETTLE),
    );
  }

  function showAll(): void {
    for (const document of workspace.textDocuments) void show(document);
  }

  const listeners = [
    workspace.onDidOpenTextDocument((document) => void show(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      later(document);
    }),
    workspace.onDidCloseTextDocument(hide),
    window.tabGroups.onDidChangeTabs(showAll),
    window.onDidChangeVisibleTextEditors(showAll),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('notesight')) showAll();
    }),
    vaults.onChange(() => {
      for (const document of workspace.textDocuments) later(document);
    }),
  ];
  showAll();
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
    },
  };
}

/** Whether the user opened it. Extensions and VS Code itself open documents in the background, too. */
function isShown(document: TextDocument): boolean {
  return hasTab(document) || window.visibleTextEditors.some((editor) => editor.document === document);
}
