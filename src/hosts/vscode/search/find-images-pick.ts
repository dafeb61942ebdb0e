import { commands, env, type TextEditor, ViewColumn, window } from 'vscode';
import { noteOfInline } from '../../../core/note/inline-source.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { showInNote } from '../show-in-note.ts';
import { embedFor } from './embed-for.ts';
import { createImagePreview } from './image-preview.ts';
import { imageButtons, type ImageItem, imageItem } from './image-item.ts';
import type { ImageSearch, VaultImage } from './image-search.ts';
import { showLiveResults } from './live-results.ts';

/** Milliseconds without a move in the list before an image is shown. */
const PREVIEW_PAUSE = 120;

/** Finds an image of the workspace by its content, with a preview beside the editor; opens its note, shows, inserts or copies it. */
export function pickFoundImage(search: ImageSearch, vaults: Vaults, words: VscodeWords): void {
  const { find } = words;
  const editor = window.activeTextEditor;
  const buttons = imageButtons(words, editor !== undefined && isNoteDocument(editor.document));
  const pick = window.createQuickPick<ImageItem>();

  async function insert(found: VaultImage, into: TextEditor): Promise<void> {
    const embed = await embedFor(found, into.document.uri, vaults);
    await into.edit((edit) => {
      edit.replace(into.selection, embed);
    });
  }

  async function copy(found: VaultImage): Promise<void> {
    const note = editor?.document.uri ?? found.vault.uriOf(found.note);
    await env.clipboard.writeText(await embedFor(found, note, vaults));
    void window.setStatusBarMessage(find.copied, 5000);
  }

  const preview = createImagePreview();
  let pause: NodeJS.Timeout | undefined;

  // Only once the user moves in the list or a query leaves one image, and from then on for each result.
  pick.onDidChangeActive(([item]) => {
    if (item === undefined || noteOfInline(item.found.file) !== null) return;
    const isOnly = pick.value.trim() !== '' && pick.items.length === 1;
    if (item === pick.items[0] && !isOnly && !preview.isOpen) return;
    clearTimeout(pause);
    pause = setTimeout(() => void preview.show(item.found.vault.uriOf(item.found.file)), PREVIEW_PAUSE);
  });
  pick.title = find.title;
  pick.placeholder = find.placeholder;
  pick.onDidAccept(() => {
    // VS Code 1.99 selects nothing in items that replaced others; the first is what the user sees.
    const [item] = [...pick.selectedItems, ...pick.activeItems, ...pick.items];
    const found = item?.found;
    pick.hide();
    if (found !== undefined) void showInNote(found.vault.uriOf(found.note), found.from, found.to);
  });
  pick.onDidTriggerItemButton(({ item: { found }, button }) => {
    if (button === buttons.show) {
      void commands.executeCommand('vscode.open', found.vault.uriOf(found.file), {
        viewColumn: ViewColumn.Beside,
        preserveFocus: true,
      });
      return;
    }
    pick.hide();
    if (button === buttons.insert && editor !== undefined) void insert(found, editor);
    else void copy(found);
  });
  pick.show();
  const stop = showLiveResults(pick, search, (found) => imageItem(found, buttons));
  pick.onDidHide(() => {
    stop();
    clearTimeout(pause);
    void preview.close();
    pick.dispose();
  });
}
