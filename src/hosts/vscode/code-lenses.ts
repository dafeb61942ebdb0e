import { CodeLens, EventEmitter, workspace, type CodeLensProvider } from 'vscode';
import { lacksWords } from '../editor/lacks-words.ts';
import { rangeOf, type DocumentImages } from './document-images.ts';
import { readSettings } from './settings.ts';
import type { Vaults } from './vaults.ts';
import type { VscodeWords } from './words/vscode-en.ts';
import type { Disposable } from './disposable.ts';

/** A line above each image without words, for those who want it. */
export function createCodeLenses(
  vaults: Vaults,
  images: DocumentImages,
  words: VscodeWords,
): CodeLensProvider & Disposable {
  const changed = new EventEmitter<void>();
  const listeners = [
    changed,
    vaults.onChange(() => {
      changed.fire();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('notesight')) changed.fire();
    }),
  ];
  return {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const settings = readSettings(document.uri);
      if (!settings.codeLens) return [];
      const vault = await vaults.of(document.uri);
      const lacks = lacksWords(settings);
      const note = vault.pathOf(document.uri);
      return images
        .of(document, vault)
        .filter((listed) => lacks(listed, note))
        .map(({ embed }) => {
          const range = rangeOf(document, embed);
          return new CodeLens(range, {
            title: words.fixes.write,
            command: 'notesight.captionImage',
            arguments: [document.uri, range.start],
          });
        });
    },
    dispose() {
      for (const listener of listeners) listener.dispose();
    },
  };
}
