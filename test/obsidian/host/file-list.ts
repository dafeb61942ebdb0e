import type { TAbstractFile, TFile } from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import { Menu } from './menu.ts';

/** The files of the vault by folder; a click opens a note, a right-click shows the menu that plugins extend. */
export function showFileList(app: App): void {
  const draw = (): void => {
    const list = app.shell.fileList;
    list.empty();
    list.createDiv({ cls: 'nav-vault-name', text: app.vault.getName() });
    const files = app.vault.getFiles();
    const folders = new Set(files.map(folderOf));
    for (const folder of [...folders].sort()) {
      const group = list.createDiv('nav-folder');
      if (folder !== '') group.createDiv({ cls: 'nav-folder-title', text: folder });
      const inside = files.filter((file) => folderOf(file) === folder);
      for (const file of inside.sort((a, b) => (a.path < b.path ? -1 : 1))) group.append(row(app, file));
    }
  };
  for (const name of ['create', 'delete', 'rename']) app.vault.on(name, draw);
  draw();
}

/** The menu of one file or folder, or of several selected ones. @param source where the user opened it */
export function showFileMenu(
  app: App,
  files: readonly TAbstractFile[],
  at: { x: number; y: number },
  source = 'file-explorer-context-menu',
): void {
  const menu = new Menu();
  if (files.length === 1) app.workspace.trigger('file-menu', menu, files[0], source);
  else app.workspace.trigger('files-menu', menu, [...files], source);
  menu.showAtPosition(at);
}

function row(app: App, file: TFile): HTMLElement {
  const name = file.extension === 'md' ? file.basename : file.name;
  const title = createDiv({ cls: 'nav-file-title', text: name, attr: { 'data-path': file.path } });
  title.addEventListener('click', () => {
    if (file.extension === 'md') void app.workspace.getLeaf().openFile(file);
  });
  title.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    showFileMenu(app, [file], { x: event.clientX, y: event.clientY });
  });
  return title;
}

function folderOf({ path }: TFile): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
