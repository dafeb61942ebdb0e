import { basename } from 'node:path';
import { ProgressLocation, type QuickPickItem, QuickPickItemKind, type Uri, window } from 'vscode';
import { listImages } from '../../../core/note/list-images.ts';
import { uncaptioned } from '../../../core/search/uncaptioned.ts';
import { needsCaption } from '../../../editor/needs-caption.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';
import type { Captions } from './captions.ts';

interface NotesItem extends QuickPickItem {
  readonly notes?: readonly Uri[];
}

/** Lists images that need alt text, by folder and note, with one item for all of them. */
export async function pickUncaptioned(
  folders: readonly Uri[],
  services: Services,
  vaults: Vaults,
  captions: Captions,
): Promise<void> {
  const { words } = services;
  const options = { location: ProgressLocation.Window, title: words.find.reading };
  const items = await window.withProgress(options, async () => {
    const found: NotesItem[] = [];
    let total = 0;
    for (const folder of folders) {
      for (const { vault, notes } of await vaults.notesIn(folder)) {
        const { captioner, settings } = services.workOf(vault);
        const listed = [];
        for (const note of notes) {
          const markdown = await captioner.ports.notes.read(note).catch(() => '');
          listed.push({ note, listed: listImages(note, markdown, vault.files.index()) });
        }
        const byFolder = uncaptioned(listed, needsCaption(settings()), settings().remoteImages);
        for (const { folder: path, notes: inFolder } of byFolder) {
          found.push({ label: path === '' ? basename(vault.root) : path, kind: QuickPickItemKind.Separator });
          for (const { note, images } of inFolder) {
            total += images;
            found.push({
              label: note.slice(note.lastIndexOf('/') + 1),
              description: words.uncaptioned.count(images),
              notes: [vault.uriOf(note)],
            });
          }
        }
      }
    }
    const all = found.flatMap(({ notes }) => notes ?? []);
    return total === 0
      ? []
      : [{ label: `$(checklist) ${words.uncaptioned.all(total)}`, notes: all }, ...found];
  });
  if (items.length === 0) {
    void window.showInformationMessage(words.uncaptioned.nothing);
    return;
  }
  const chosen = await window.showQuickPick<NotesItem>(items, { title: words.uncaptioned.title });
  if (chosen?.notes !== undefined) await captions.captionAll(chosen.notes);
}
