import { type Uri, window } from 'vscode';
import type { Span } from '../../../core/markdown/span.ts';
import { isNoteDocument } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';

/** Remembers the last selection in each note, because its editor may be hidden when it is needed. */
export interface LastSelections extends Disposable {
  /** In UTF-16 offsets; if nothing was ever selected, the start of the note. */
  of(note: Uri): Span;
}

export function trackSelections(): LastSelections {
  const selections = new Map<string, Span>();
  const listener = window.onDidChangeTextEditorSelection(
    ({ textEditor: { document }, selections: [first] }) => {
      if (first === undefined || !isNoteDocument(document)) return;
      selections.set(document.uri.toString(), {
        from: document.offsetAt(first.start),
        to: document.offsetAt(first.end),
      });
    },
  );
  return {
    of: (note) => selections.get(note.toString()) ?? { from: 0, to: 0 },
    dispose() {
      listener.dispose();
    },
  };
}
