import { CodeLens, type CodeLensProvider, EventEmitter, workspace } from 'vscode';
import { imageSource } from '../../../core/note/image-source.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import { readSettings } from '../adapters/settings.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Disposable } from '../disposable.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';

/** Shows an optional line above each image that needs alt text. */
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
      const needsText = needsCaption(settings);
      const note = vault.pathOf(document.uri);
      return images
        .of(document, vault)
        .filter(
          (listed) => needsText(listed, note) && imageSource(listed.image, settings.remoteImages) !== null,
        )
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
