import { Diagnostic, DiagnosticSeverity, languages, type TextDocument, type Uri, workspace } from 'vscode';
import { shownTarget } from '../../../core/note/inline-source.ts';
import type { ListedImage } from '../../../core/note/list-images.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { readSettings } from '../adapters/settings.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';

/** The `code` of a diagnostic from Notesight. */
export type ImageProblem = 'missing-alt-text' | 'useless-alt-text' | 'missing-file';

/** The source shown in the Problems panel. */
export const SOURCE = 'Notesight';

/** Milliseconds after the last keystroke before a note is checked again. */
const SETTLE = 300;

/** Marks images in open notes that need alt text or whose file is missing. */
export function createDiagnostics(vaults: Vaults, images: DocumentImages, words: VscodeWords): Disposable {
  const collection = languages.createDiagnosticCollection('notesight');
  const timers = new Map<string, NodeJS.Timeout>();

  async function show(document: TextDocument): Promise<void> {
    if (!isNoteDocument(document)) return;
    const settings = readSettings(document.uri);
    if (!settings.diagnostics) {
      collection.delete(document.uri);
      return;
    }
    const { version } = document;
    const vault = await vaults.of(document.uri);
    if (document.isClosed || document.version !== version) return;
    const needsText = needsCaption(settings);
    const note = vault.pathOf(document.uri);
    const found = images.of(document, vault).flatMap((listed) => {
      const problem = problemOf(listed, needsText(listed, note));
      return problem === null ? [] : [diagnostic(document, listed, problem)];
    });
    collection.set(document.uri, found);
  }

  function diagnostic(document: TextDocument, { embed }: ListedImage, problem: ImageProblem): Diagnostic {
    const { problems } = words;
    const message = {
      'missing-file': problems.missingFile(shownTarget(embed.target)),
      'missing-alt-text': problems.missing,
      'useless-alt-text': problems.placeholder(embed.alt),
    }[problem];
    const made = new Diagnostic(rangeOf(document, embed), message, DiagnosticSeverity.Information);
    made.source = SOURCE;
    made.code = problem;
    return made;
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

  function all(): void {
    for (const document of workspace.textDocuments) later(document);
  }

  function forget(uri: Uri): void {
    clearTimeout(timers.get(uri.toString()));
    timers.delete(uri.toString());
    collection.delete(uri);
  }

  const listeners = [
    workspace.onDidOpenTextDocument((document) => void show(document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      later(document);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      forget(uri);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('notesight')) all();
    }),
    vaults.onChange(all),
  ];
  for (const document of workspace.textDocuments) void show(document);
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const listener of listeners) listener.dispose();
      collection.dispose();
    },
  };
}

function problemOf({ image, altProblem }: ListedImage, isWanted: boolean): ImageProblem | null {
  if (image.kind === 'missing') return 'missing-file';
  if (!isWanted || altProblem === null) return null;
  return altProblem === 'missing' ? 'missing-alt-text' : 'useless-alt-text';
}
