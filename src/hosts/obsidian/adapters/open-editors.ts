import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { editorInfoField, type TFile } from 'obsidian';

/** The editors that are open now. */
export interface OpenEditors {
  /** To be registered with the plugin; it sees the editors come and go. */
  readonly extension: Extension;
  /** An editor that shows the note, or undefined. Where several do, Obsidian keeps them alike. */
  of(note: TFile): EditorView | undefined;
}

export function createOpenEditors(): OpenEditors {
  const views = new Set<EditorView>();
  const extension = ViewPlugin.define((view) => {
    views.add(view);
    return {
      destroy: () => {
        views.delete(view);
      },
    };
  });
  return {
    extension,
    of(note) {
      for (const view of views) {
        if (view.state.field(editorInfoField, false)?.file === note) return view;
      }
      return undefined;
    },
  };
}
