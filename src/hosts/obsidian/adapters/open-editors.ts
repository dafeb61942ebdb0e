import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { editorInfoField, type TFile } from 'obsidian';

/** The open editors. */
export interface OpenEditors {
  /** Register it with the plugin; it tracks editors as they open and close. */
  readonly extension: Extension;
  /** An editor that shows the note, or undefined. If there are several, Obsidian keeps them in sync. */
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
