import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { ListedImage } from '../../../core/note/list-images.ts';
import { markDecorative } from '../../../core/note/mark-decorative.ts';
import { relativeUrl } from '../../../core/note/relative-url.ts';
import type { OpenVault, Vaults } from '../adapters/vaults.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { SOURCE } from './diagnostics.ts';
import { type DocumentImages, rangeOf } from './document-images.ts';

/** Quick fixes for images that need alt text. */
export function createQuickFixes(
  vaults: Vaults,
  images: DocumentImages,
  words: VscodeWords,
): CodeActionProvider {
  const { fixes } = words;

  function decorative(document: TextDocument, listed: ListedImage, vault: OpenVault): CodeAction | null {
    const { embed, image } = listed;
    // Obsidian doesn't resolve the files of HTML tags like those of its own embeds.
    if (embed.syntax === 'wiki' && (vault.kind === 'obsidian' || image.kind !== 'file')) return null;
    const url =
      embed.syntax === 'wiki' && image.kind === 'file'
        ? relativeUrl(vault.pathOf(document.uri), image.path)
        : null;
    const edit = markDecorative(document.getText(), embed, url);
    if (edit === null) return null;
    const action = new CodeAction(fixes.decorative, CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, rangeOf(document, edit), edit.insert);
    return action;
  }

  return {
    async provideCodeActions(document, _range, { diagnostics }) {
      const ours = diagnostics.filter(({ source, code }) => source === SOURCE && code !== 'missing-file');
      if (ours.length === 0) return [];
      const vault = await vaults.of(document.uri);
      const listed = images.of(document, vault);
      const actions = ours.flatMap((diagnostic) => {
        const at = document.offsetAt(diagnostic.range.start);
        const image = listed.find(({ embed }) => embed.from === at);
        if (image === undefined) return [];
        const write = new CodeAction(fixes.write, CodeActionKind.QuickFix);
        write.isPreferred = true;
        write.command = {
          title: fixes.write,
          command: 'notesight.captionImage',
          arguments: [document.uri, diagnostic.range.start],
        };
        return [write, decorative(document, image, vault)].flatMap((action) => {
          if (action === null) return [];
          action.diagnostics = [diagnostic];
          return [action];
        });
      });
      const all = new CodeAction(fixes.writeAll, CodeActionKind.QuickFix);
      all.diagnostics = ours;
      all.command = { title: fixes.writeAll, command: 'notesight.captionFile', arguments: [document.uri] };
      return actions.length === 0 ? [] : [...actions, all];
    },
  };
}
