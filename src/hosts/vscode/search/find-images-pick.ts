import {
  commands,
  env,
  type QuickInputButton,
  type QuickPickItem,
  type TextEditor,
  ThemeIcon,
  ViewColumn,
  window,
} from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import { imageName, noteOfInline } from '../../../core/note/inline-source.ts';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import { embedFor } from '../caption/embed-for.ts';
import type { VscodeWords } from '../messages/vscode-en.ts';
import { showInNote } from '../show-in-note.ts';
import type { ImageSearch, VaultImage } from './image-search.ts';

/** More results than a user would look through. */
const LIMIT = 50;
/** Milliseconds without a keystroke before the query is embedded. */
const PAUSE = 200;
/** Length of a description, in UTF-16 code units. */
const MAX_LENGTH = 200;

interface ImageItem extends QuickPickItem {
  readonly found?: VaultImage;
}

/** Finds an image of the workspace by its content; opens its note, shows, inserts or copies it. */
export function pickFoundImage(search: ImageSearch, vaults: Vaults, words: VscodeWords): void {
  const { find } = words;
  const editor = window.activeTextEditor;
  const controller = new AbortController();
  const pick = window.createQuickPick<ImageItem>();
  const button = (icon: string, tooltip: string): QuickInputButton => ({
    iconPath: new ThemeIcon(icon),
    tooltip,
  });
  const show = button('eye', find.showPicture);
  const insert = button('insert', find.insert);
  const copy = button('copy', find.copy);
  const canInsert = editor !== undefined && isNoteDocument(editor.document);
  let pause: NodeJS.Timeout | undefined;
  let asked = 0;

  function item(found: VaultImage): ImageItem {
    const { file, note, alt, description, text, vault } = found;
    const name = imageName(file);
    // The image is part of the note, so there is no file to show or embed.
    const isInline = noteOfInline(file) !== null;
    const more = [description, text].join(' ').replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
    return {
      found,
      label: alt === '' ? name : alt,
      // On its own line, because a long label leaves no room beside it.
      detail: [note, name, more].filter((part) => part !== '').join(' · '),
      ...(isInline ? {} : { iconPath: vault.uriOf(file) }),
      // The search has already filtered, and also finds images that don't contain the typed letters.
      alwaysShow: true,
      buttons: isInline ? [] : [show, ...(canInsert ? [insert] : []), copy],
    };
  }

  async function refresh(): Promise<void> {
    const query = pick.value;
    const mine = ++asked;
    const found = query.trim() === '' ? [] : await search.find(query, LIMIT);
    if (mine !== asked) return;
    pick.items = found.map(item);
  }

  async function understand(): Promise<void> {
    const query = pick.value;
    if (query.trim() === '' || !(await search.understand(query, controller.signal))) return;
    const [active] = pick.activeItems;
    if (query === pick.value && (active === undefined || active === pick.items[0])) await refresh();
  }

  async function read(): Promise<void> {
    pick.busy = true;
    await search.readAll(controller.signal);
    pick.busy = false;
    await refresh();
    await search.learnMeaning(controller.signal);
    await understand();
  }

  async function insertHere({ vault, file, alt }: VaultImage, into: TextEditor): Promise<void> {
    const embed = await embedFor(vault, file, alt, into.document.uri, vaults);
    await into.edit((edit) => {
      edit.replace(into.selection, embed);
    });
  }

  pick.title = find.title;
  pick.placeholder = find.placeholder;
  pick.onDidChangeValue(() => {
    void refresh();
    clearTimeout(pause);
    pause = setTimeout(() => void understand(), PAUSE);
  });
  pick.onDidAccept(() => {
    const found = pick.selectedItems[0]?.found;
    pick.hide();
    if (found !== undefined) void showInNote(found.vault.uriOf(found.note), found.from, found.to);
  });
  pick.onDidTriggerItemButton(({ item: { found }, button: pressed }) => {
    if (found === undefined) return;
    const uri = found.vault.uriOf(found.file);
    if (pressed === show) {
      void commands.executeCommand('vscode.open', uri, {
        viewColumn: ViewColumn.Beside,
        preserveFocus: true,
      });
      return;
    }
    pick.hide();
    if (pressed === insert && editor !== undefined) void insertHere(found, editor);
    else {
      const note = editor?.document.uri ?? found.vault.uriOf(found.note);
      void embedFor(found.vault, found.file, found.alt, note, vaults).then(async (embed) => {
        await env.clipboard.writeText(embed);
        void window.setStatusBarMessage(find.copied, 5000);
      });
    }
  });
  pick.onDidHide(() => {
    controller.abort(new NotesightError('cancelled', 'closed'));
    clearTimeout(pause);
    pick.dispose();
  });
  pick.show();
  void read();
}
