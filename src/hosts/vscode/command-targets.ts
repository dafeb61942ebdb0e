import { type Position, type TextDocument, Uri, window, workspace } from 'vscode';
import { positionFrom, uriFrom } from './adapters/uri-from.ts';
import { isNoteDocument } from './adapters/vaults.ts';
import type { VscodeWords } from './messages/vscode-en.ts';

export interface ImagePosition {
  readonly document: TextDocument;
  readonly position: Position;
}

/** Finds what a command applies to: what was passed to it, otherwise what is active in the editor. */
export interface CommandTargets {
  /** Null, after asking the user to open a note, if there is none. */
  readonly noteOf: (uri: unknown) => Promise<TextDocument | null>;
  /** Null after reporting that there is no image. */
  readonly imageOf: (uri: unknown, position: unknown) => Promise<ImagePosition | null>;
}

export function createCommandTargets({ notes }: VscodeWords): CommandTargets {
  async function noteOf(passed: unknown): Promise<TextDocument | null> {
    const uri = uriFrom(passed);
    const document = uri === null ? window.activeTextEditor?.document : await workspace.openTextDocument(uri);
    if (document !== undefined && isNoteDocument(document)) return document;
    void window.showInformationMessage(notes.openNote);
    return null;
  }

  return {
    noteOf,
    async imageOf(uri, passed) {
      const document = await noteOf(uri);
      if (document === null) return null;
      const editor = window.visibleTextEditors.find((each) => each.document === document);
      const position = positionFrom(passed) ?? editor?.selection.active;
      if (position !== undefined) return { document, position };
      void window.showInformationMessage(notes.noImage);
      return null;
    },
  };
}

/** The folder passed to a command, otherwise that of the active note. */
export function folderOf(passed: unknown): Uri | null {
  const document = window.activeTextEditor?.document;
  const active = document !== undefined && isNoteDocument(document) ? document.uri : null;
  return uriFrom(passed) ?? (active && Uri.joinPath(active, '..'));
}

/** All items selected in the explorer, which passes them after the clicked one. */
export function selectedFiles(passed: unknown): Uri[] {
  return Array.isArray(passed) ? passed.flatMap((each: unknown) => uriFrom(each) ?? []) : [];
}
