import { setup } from 'obsidian-test-mocks/setup';
setup();
import * as commands from '@codemirror/commands';
import * as state from '@codemirror/state';
import * as view from '@codemirror/view';
import * as mocks from 'obsidian-test-mocks/obsidian';
import { host } from './host.ts';
import { MarkdownView } from './markdown-view.ts';
import * as obsidian from './obsidian.ts';

/** What a test asks of the page, which all goes through as JSON. */
export interface BootOptions {
  readonly mainJs: string;
  readonly manifest: { readonly id: string };
  readonly files: Readonly<Record<string, string>>;
  /** Base64. */
  readonly binaries: Readonly<Record<string, string>>;
  readonly note: string;
  readonly data: unknown;
  readonly server: string;
  readonly language: string;
}

const MODULES: Readonly<Record<string, unknown>> = {
  obsidian,
  '@codemirror/commands': commands,
  '@codemirror/state': state,
  '@codemirror/view': view,
};

/** As on a phone: nothing of Node is there. */
function require(id: string): unknown {
  if (id in MODULES) return MODULES[id];
  throw new Error(`require("${id}") is not there`);
}

let plugin: mocks.Plugin | null = null;

async function boot(options: BootOptions): Promise<void> {
  const app = mocks.App.createConfigured__({ files: { ...options.files } });
  host.app = app;
  host.data = options.data;
  host.language = options.language;
  app.saveLocalStorage('notesight-server', options.server);
  const urls = new Map<string, string>();
  Object.assign(app.vault, {
    getResourcePath: (file: mocks.TFile) => urls.get(file.path) ?? '',
  });
  Object.assign(app.workspace, { getActiveFile: () => host.view?.file ?? null });
  for (const [path, base64] of Object.entries(options.binaries)) {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    urls.set(path, URL.createObjectURL(new Blob([bytes], { type: 'image/png' })));
    await app.vault.createBinary(path, bytes.buffer);
  }
  const module = { exports: {} as { default?: new (...args: unknown[]) => mocks.Plugin } };
  (await evaluated(options.mainJs))(require, module, module.exports);
  if (module.exports.default === undefined) throw new Error('main.js exports no plugin');
  plugin = new module.exports.default(app, options.manifest);
  plugin.load();
  await new Promise((resolve) => window.setTimeout(resolve, 0));
  await openNote(options.note);
  app.workspace.setLayoutReady__();
}

type CommonJsModule = (require: (id: string) => unknown, module: object, exports: object) => void;

/** Wrapped as the app wraps it. */
async function evaluated(mainJs: string): Promise<CommonJsModule> {
  const code = `globalThis.pluginModule = function (require, module, exports) {${mainJs}\n};`;
  const script = document.body.createEl('script');
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    script.src = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  });
  return globalThis.pluginModule;
}

async function openNote(path: string): Promise<void> {
  await host.view?.close();
  const file = host.app?.vault.getFileByPath(path);
  if (!host.app || !file) throw new Error(`no note ${path}`);
  host.view = new MarkdownView(host.app, file, await host.app.vault.read(file));
}

/** As the palette does: the check first. @returns false where it refuses */
async function runCommand(id: string): Promise<boolean> {
  const command = host.commands.get(id);
  if (!command) throw new Error(`no command ${id}`);
  const { checkCallback, editorCheckCallback, callback } = command;
  if (editorCheckCallback) {
    if (!host.view) return false;
    const args = [host.view.editor, host.view] as unknown as Parameters<typeof editorCheckCallback> extends [
      boolean,
      ...infer Rest,
    ]
      ? Rest
      : never;
    if (editorCheckCallback(true, ...args) === false) return false;
    editorCheckCallback(false, ...args);
    return true;
  }
  if (checkCallback) {
    if (checkCallback(true) === false) return false;
    checkCallback(false);
    return true;
  }
  await callback?.();
  return true;
}

/** A paste of several files at once; the clipboard of a browser takes only one. */
function pasteFiles(images: readonly string[]): void {
  const data = new DataTransfer();
  for (const base64 of images) {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
  }
  host.view?.cm.contentDOM.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
}

const api = {
  boot,
  openNote,
  runCommand,
  pasteFiles,
  closeNote: async () => {
    await host.view?.close();
    host.view = null;
  },
  editorText: () => host.view?.editor.getValue() ?? '',
  setCursor: (offset: number) => {
    host.view?.cm.dispatch({ selection: { anchor: offset } });
    host.view?.cm.focus();
  },
  noteText: async (path: string) => {
    const file = host.app?.vault.getFileByPath(path);
    return file ? (host.app?.vault.read(file) ?? '') : '';
  },
  renameFile: async (path: string, newPath: string) => {
    const file = host.app?.vault.getFileByPath(path);
    if (file) await host.app?.vault.rename(file, newPath);
  },
  createImage: async (path: string, base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    await host.app?.vault.createBinary(path, bytes.buffer);
  },
  runCli: (command: string, params: Record<string, string>) => host.cliHandlers.get(command)?.(params) ?? '',
  commands: () => [...host.commands.keys()],
  notices: () => host.notices,
  data: () => host.data,
  hidden: async (path: string) =>
    (await host.app?.vault.adapter.exists(path)) ? (host.app?.vault.adapter.read(path) ?? '') : '',
  unload: () => {
    plugin?.unload();
  },
};

export type HostApi = typeof api;

declare global {
  var obsidianHost: HostApi;
  var pluginModule: CommonJsModule;
}
globalThis.obsidianHost = api;
