import * as mocks from 'obsidian-test-mocks/obsidian';
import { setup } from 'obsidian-test-mocks/setup';
import type { BootOptions, GivenFile, HostApi } from '../host-api.ts';
import { App } from './app.ts';
import { arrayBufferToBase64, base64ToArrayBuffer } from './base64.ts';
import { CommandPalette } from './command-palette.ts';
import { Disk } from './disk.ts';
import { showFileList, showFileMenu } from './file-list.ts';
import { createPlugin } from './load-plugin.ts';
import type { MarkdownView } from './markdown-view.ts';
import { shownNotices } from './notice.ts';
import type { Plugin } from './plugin.ts';
import { SettingsWindow } from './settings-window.ts';
import { createShell } from './shell.ts';

setup();

let app: App;
let plugin: Plugin;
let settings: SettingsWindow | null = null;
let bootOptions: BootOptions;

globalThis.obsidianHost = {
  async boot(options) {
    bootOptions = options;
    showTheme('light');
    if (options.isPhone) beOnPhone();
    document.head.createEl('style', { text: options.stylesCss });
    app = new App(filledDisk(options), createShell());
    app.setting = { open: openSettings, openTabById: () => null };
    Object.assign(globalThis, { app });
    for (const [key, value] of Object.entries(options.localStorage)) app.saveLocalStorage(key, value);
    // Stored where the app itself stores it.
    window.localStorage.setItem('language', options.language);
    readVaultSettings();
    addOwnControls();
    showFileList(app);
    // Plugins load before the files are known; the files arrive as events, and then the panes open.
    await loadPlugin();
    app.vault.reconcile__();
    for (const type of options.sideViews) app.workspace.newLeaf('right').defer(type);
    if (options.note !== null) await app.workspace.getLeaf().openFile(fileAt(options.note));
    app.metadataCache.trigger('resolved');
    app.workspace.setLayoutReady__();
  },
  disablePlugin() {
    plugin.unload();
    app.plugins.loaded.delete(plugin.manifest.id);
  },
  async enablePlugin() {
    await loadPlugin();
  },
  runCommand: (id) => app.commands.run(id),
  offeredCommands: () => app.commands.offered(),
  async runCli(command, params) {
    const handler = app.cliHandlers.get(command);
    if (handler === undefined) throw new Error(`There is no CLI handler '${command}'.`);
    return handler({ ...params });
  },
  toggleSettings,
  showFileMenu(paths, source) {
    showFileMenu(app, paths.map(anythingAt), { x: 60, y: 60 }, source);
  },
  files: () =>
    app.vault
      .getFiles()
      .map(({ path }) => path)
      .sort(),
  diskText: (path) => (bytesAt(path) === undefined ? null : app.vault.disk.readSync__(path)),
  diskBase64(path) {
    const bytes = bytesAt(path);
    return bytes === undefined ? null : arrayBufferToBase64(bytes.slice().buffer);
  },
  writeOutside(path, text) {
    app.vault.disk.writeSync__(path, text);
    const file = app.vault.getFileByPath(path);
    if (file === null) app.vault.reconcile__();
    else app.vault.trigger('modify', file);
    if (path === `${pluginFolder()}/data.json`) plugin.onExternalSettingsChange();
  },
  renameFile: (path, newPath) => app.fileManager.renameFile(fileAt(path), newPath),
  deleteFile: (path) => app.fileManager.trashFile(fileAt(path)),
  async openNote(path, where) {
    await app.workspace.getLeaf(where === 'split' ? 'split' : false).openFile(fileAt(path));
  },
  showReadingView: () => activeView().showReadingView(),
  closeNote(path) {
    for (const leaf of leavesOf(path)) leaf.detach();
  },
  activateNote(path) {
    const leaf = leavesOf(path)[0];
    if (leaf === undefined) throw new Error(`${path} is not open.`);
    app.workspace.setActiveLeaf(leaf);
    leaf.markdownView?.editor.focus();
  },
  editorText: () => activeView().editor.getValue(),
  setSelection(anchor, head) {
    const { editor } = activeView();
    editor.cm.dispatch({ selection: { anchor, head } });
    editor.focus();
  },
  paste(files) {
    const clipboardData = transferOf(files);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    return activeView().editor.cm.contentDOM.dispatchEvent(event);
  },
  drop(files, offset) {
    const { cm } = activeView().editor;
    const at = cm.coordsAtPos(offset);
    if (at === null) throw new Error(`Offset ${offset} is not on the screen.`);
    const init = { clientX: at.left + 1, clientY: (at.top + at.bottom) / 2, bubbles: true, cancelable: true };
    return cm.contentDOM.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: transferOf(files) }));
  },
  notices: () => [...shownNotices],
  setTheme,
} satisfies HostApi;

async function loadPlugin(): Promise<void> {
  plugin = createPlugin(app, bootOptions.mainJs, bootOptions.manifest);
  app.plugins.loaded.set(plugin.manifest.id, plugin);
  // Obsidian awaits a promise returned by `onload`; the mock's `load` ignores it.
  let loading: unknown;
  const onload: () => unknown = plugin.onload.bind(plugin);
  plugin.onload = () => {
    loading = onload();
  };
  plugin.load();
  await loading;
}

/** Sets what plugins check on a phone, and the classes that Obsidian gives the page there. */
function beOnPhone(): void {
  Object.assign(mocks.Platform, { isDesktop: false, isMobile: true, isPhone: true });
  document.body.addClass('is-mobile', 'is-phone');
}

function filledDisk(options: BootOptions): Disk {
  const disk = new Disk();
  const write = (path: string, bytes: Uint8Array<ArrayBuffer>): void => {
    disk.mkdirSync__(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
    disk.writeBytesSync(path, bytes);
  };
  const writeText = (path: string, text: string): void => {
    write(path, new TextEncoder().encode(text));
  };
  const folder = `.obsidian/plugins/${options.manifest.id}`;
  writeText(`${folder}/manifest.json`, JSON.stringify(options.manifest));
  if (options.data !== null) writeText(`${folder}/data.json`, JSON.stringify(options.data));
  for (const [path, text] of Object.entries(options.files)) writeText(path, text);
  for (const [path, base64] of Object.entries(options.binaries)) {
    write(path, new Uint8Array(base64ToArrayBuffer(base64)));
  }
  return disk;
}

/** Reads those of Obsidian's own settings that affect links and attachments. */
function readVaultSettings(): void {
  const path = `${app.vault.configDir}/app.json`;
  if (bytesAt(path) === undefined) return;
  const settings = JSON.parse(app.vault.disk.readSync__(path)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(settings)) app.vault.setConfig__(key, value);
}

function addOwnControls(): void {
  const { shell } = app;
  shell.addOwnButton('terminal', 'Command palette', openPalette);
  shell.addOwnButton('moon', 'Change the theme', () => {
    setTheme(app.isDarkMode() ? 'light' : 'dark');
  });
  shell.addOwnButton('settings', 'Settings', toggleSettings);
  document.addEventListener('keydown', (event) => {
    if (!event.ctrlKey || event.key !== 'p') return;
    event.preventDefault();
    openPalette();
  });
}

function openPalette(): void {
  new CommandPalette(app).open();
}

/** Like Obsidian's own, which is not in the public API. */
function openSettings(): void {
  if (settings?.containerEl.isConnected !== true) toggleSettings();
}

function toggleSettings(): void {
  if (settings?.containerEl.isConnected === true) {
    settings.close();
    return;
  }
  settings = new SettingsWindow(app, plugin);
  settings.open();
}

function setTheme(theme: 'light' | 'dark'): void {
  showTheme(theme);
  app.workspace.trigger('css-change');
}

function showTheme(theme: 'light' | 'dark'): void {
  document.body.toggleClass('theme-dark', theme === 'dark');
  document.body.toggleClass('theme-light', theme === 'light');
}

function pluginFolder(): string {
  return `${app.vault.configDir}/plugins/${bootOptions.manifest.id}`;
}

function bytesAt(path: string): Uint8Array<ArrayBuffer> | undefined {
  return app.vault.disk.bytesSync(path);
}

function fileAt(path: string): ReturnType<App['vault']['getFiles']>[number] {
  const file = app.vault.getFileByPath(path);
  if (file === null) throw new Error(`There is no file ${path} in the vault.`);
  return file;
}

function anythingAt(path: string): NonNullable<ReturnType<App['vault']['getAbstractFileByPath']>> {
  const file = app.vault.getAbstractFileByPath(path);
  if (file === null) throw new Error(`There is nothing at ${path} in the vault.`);
  return file;
}

function leavesOf(path: string): ReturnType<App['workspace']['markdownLeaves']> {
  return app.workspace.markdownLeaves().filter((leaf) => leaf.markdownView?.file?.path === path);
}

function activeView(): MarkdownView {
  const leaf = app.workspace.markdownLeaves().find((other) => other === app.workspace.activeLeaf);
  const view = leaf?.markdownView;
  if (!view) throw new Error('No editor is active.');
  return view;
}

function transferOf(files: readonly GivenFile[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const { name, type, base64 } of files) {
    transfer.items.add(new File([base64ToArrayBuffer(base64)], name, { type }));
  }
  return transfer;
}
