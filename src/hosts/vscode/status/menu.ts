import { commands, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { isNoteDocument, type Vaults } from '../adapters/vaults.ts';
import { countNeeded, type DocumentImages } from '../caption/document-images.ts';
import type { Services } from '../services.ts';
import { engineInUse } from './engine-in-use.ts';

interface MenuItem extends QuickPickItem {
  readonly command?: string;
  readonly args?: readonly unknown[];
}

/** Shows the state of Notesight and its main commands. */
export async function pickFromMenu(
  services: Services,
  vaults: Vaults,
  images: DocumentImages,
): Promise<void> {
  const { menu, status, uncaptioned } = services.words;
  const document = window.activeTextEditor?.document;
  const note = document !== undefined && isNoteDocument(document) ? document : null;
  const { model, server } = engineInUse(note?.uri, services, services.words);
  const item = (icon: string, label: string, command: string, description = ''): MenuItem => ({
    label: `$(${icon}) ${label}`,
    description,
    command,
  });
  const ofNote =
    note === null
      ? []
      : [
          item(
            'comment',
            menu.caption,
            'notesight.captionFile',
            uncaptioned.count(await countNeeded(note, vaults, images)),
          ),
          item('comment-discussion', menu.ask, 'notesight.ask'),
        ];
  const items: MenuItem[] = [
    ...(services.progress() === null ? [] : [item('debug-stop', menu.stop, 'notesight.stop')]),
    ...ofNote,
    item('search', menu.find, 'notesight.findImage'),
    item('checklist', menu.uncaptioned, 'notesight.showUncaptioned'),
    { label: menu.engine, kind: QuickPickItemKind.Separator },
    item('chip', status.model(model), 'notesight.chooseModel'),
    item('server', status.server(server), 'notesight.testServer', menu.test),
    { ...item('gear', menu.settings, 'workbench.action.openSettings'), args: ['@ext:notesight.notesight'] },
    item('output', menu.log, 'notesight.showLog'),
  ];
  const chosen = await window.showQuickPick(items, { title: 'Notesight' });
  if (chosen?.command !== undefined) await commands.executeCommand(chosen.command, ...(chosen.args ?? []));
}
