import { EventEmitter, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Disposable } from '../disposable.ts';

const SCHEME = 'notesight-summary';

/** Read-only tabs that show summaries beside their notes. */
export interface SummaryTabs extends Disposable {
  /** Opens an empty tab. @returns a function that replaces its text */
  open(name: string): Promise<(text: string) => void>;
}

export function createSummaryTabs(): SummaryTabs {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  return {
    async open(name) {
      const uri = Uri.from({ scheme: SCHEME, path: `/${name}.md` });
      const show = (text: string) => {
        texts.set(uri.toString(), text);
        changed.fire(uri);
      };
      show('');
      await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preserveFocus: true });
      return show;
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}
