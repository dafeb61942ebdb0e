import { resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { TestBrowser } from '../../browser/launch-chromium.ts';
import { until } from '../../e2e/until.ts';
import { inExtensionHost, type InExtensionHost, type VscodeApi } from './extension-host.ts';
import { collectLog } from './collect-log.ts';
import { onPage } from './on-page.ts';
import { refactorPreview, type RefactorPreview } from './refactor-preview.ts';
import { socketPath } from './socket-path.ts';
import type { RunningVscode } from './start-vscode.ts';
import { baseOf, workbenchUrl } from './workbench-url.ts';

export interface OpenOptions {
  /** Absolute path of a folder or a .code-workspace. */
  readonly workspace: string;
  /** Path of the file to open at startup, absolute or relative to the folder. */
  readonly file?: string;
  /** Ids of extensions whose activation to wait for. */
  readonly activated?: readonly string[];
}

/** A VS Code window with the actions of a user. Lines and columns start at 1, as in the status bar. */
export interface Workbench {
  readonly page: Page;
  /** Log lines of the pages, including extensions. */
  readonly log: readonly string[];
  /** Runs code in the extension host. */
  readonly inHost: InExtensionHost;
  /** Waits until the extension with this id is active. */
  readonly waitForActivation: (id: string) => Promise<void>;
  /** Runs a command by its title in the palette, including the category. */
  readonly palette: (title: string) => Promise<void>;
  /** Opens a file in the active group and focuses it. */
  readonly openFile: (path: string) => Promise<void>;
  readonly clickIntoEditor: () => Promise<void>;
  /** Moves the cursor of the active editor and focuses it. */
  readonly setCursor: (line: number, column: number) => Promise<void>;
  /** Types with a real keyboard into the focused element. */
  readonly typeText: (text: string) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** The whole text of the active editor. */
  readonly editorText: () => Promise<string>;
  /** Waits until the active editor has this text. On timeout, reports the actual text. */
  readonly waitForText: (text: string | RegExp) => Promise<void>;
  /** Pastes from the real clipboard. The browser re-encodes the image: the pixels stay the same, the bytes don't. */
  readonly pasteImage: (png: Uint8Array) => Promise<void>;
  /** Drops a file on a visible line of the active editor, holding Shift as VS Code requires. */
  readonly dropImage: (png: Uint8Array, name: string, line: number) => Promise<void>;
  /** Chooses an item of the code action menu at the cursor. */
  readonly quickFix: (title: string | RegExp) => Promise<void>;
  /** The items of that menu, which is closed again. */
  readonly quickFixes: () => Promise<string[]>;
  /** The hover of a visible text in the active editor. */
  readonly hover: (text: string) => Promise<Locator>;
  readonly notifications: () => Promise<string[]>;
  /** @returns the toast, with buttons to click */
  readonly waitForNotification: (message: RegExp) => Promise<Locator>;
  readonly closeNotification: (toast: Locator) => Promise<void>;
  /** Shows an output channel and returns its text. */
  readonly outputChannel: (name: string) => Promise<string>;
  /** The content of the webview with this title; without a title, of the only one. */
  readonly webview: (title?: string) => Promise<FrameLocator>;
  readonly refactorPreview: RefactorPreview;
  /** Shows the Problems panel and returns its rows. */
  readonly problems: () => Promise<string[]>;
  readonly theme: (kind: 'light' | 'dark') => Promise<void>;
  readonly screenshot: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const SIZE = { width: 1400, height: 900 };
/** Milliseconds that a slow machine needs to render the first window. */
const FIRST_PATIENCE = 90_000;
const PATIENCE = 15_000;
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** Opens a window, one per workspace, and waits for the requested state. */
export async function openWorkbench(
  browser: TestBrowser,
  vscode: RunningVscode,
  options: OpenOptions,
): Promise<Workbench> {
  const { origin, sockets } = vscode;
  const inHost = inExtensionHost(socketPath(sockets, options.workspace));
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await browser.context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewportSize(SIZE);
  const log = collectLog(browser.context);
  const workbench = workbenchOf(page, log, inHost, options);
  // The load event fires seconds after the commit, and nothing depends on it.
  await page.goto(workbenchUrl(origin, options), { waitUntil: 'commit' });
  const drawn = page.locator(options.file === undefined ? '.monaco-workbench .activitybar' : '.view-lines');
  await drawn.first().waitFor({ timeout: FIRST_PATIENCE });
  await inHost(() => null);
  for (const id of options.activated ?? []) await workbench.waitForActivation(id);
  return workbench;
}

function workbenchOf(
  page: Page,
  log: readonly string[],
  inHost: InExtensionHost,
  { workspace }: OpenOptions,
): Workbench {
  const editor = page.locator('.editor-group-container.active .monaco-editor');
  const menu = page.locator('.action-widget .monaco-list-row.action');
  const toasts = page.locator('.notifications-toasts .notification-list-item');
  const command = (id: string) =>
    inHost(async (vscode, name) => {
      await vscode.commands.executeCommand(name);
    }, id);
  const editorText = () => inHost((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
  /**
   * If the editor has no focus yet or its problems are still being computed, the key has no effect, so it is pressed
   * again. So it is if the menu lacks a row, because a new file is noticed after a while.
   */
  const openMenu = async (row = menu.first()) => {
    for (let attempt = 1; ; attempt++) {
      await command('workbench.action.focusActiveEditorGroup');
      await page.keyboard.press('Control+.');
      try {
        await row.waitFor({ timeout: PATIENCE / 5 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await page.keyboard.press('Escape');
      }
    }
  };

  return {
    page,
    log,
    inHost,
    waitForActivation: (id) =>
      until(
        `${id} should be active`,
        FIRST_PATIENCE,
        () => inHost((vscode, given) => vscode.extensions.getExtension(given)?.isActive, id),
        (active) => active === true,
      ),
    palette: (title) => choose(page, title),
    async openFile(path) {
      await inHost(
        async (vscode, given) => {
          await vscode.window.showTextDocument(vscode.Uri.file(given), { preview: false });
        },
        resolve(baseOf(workspace), path),
      );
      await editor.locator('.view-lines').first().waitFor();
    },
    async clickIntoEditor() {
      await editor.locator('.view-line').first().click();
    },
    async setCursor(line, column) {
      await inHost(
        (vscode, [l, c]) => {
          const active = vscode.window.activeTextEditor;
          if (active === undefined) throw new Error('No editor is active.');
          const at = new vscode.Position(l - 1, c - 1);
          active.selection = new vscode.Selection(at, at);
          active.revealRange(active.selection);
        },
        [line, column] as const,
      );
      await command('workbench.action.focusActiveEditorGroup');
      // The status bar reflects the state of the window itself.
      await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    },
    typeText: (text) => page.keyboard.type(text),
    undo: () => page.keyboard.press('Control+z'),
    async save() {
      await page.keyboard.press('Control+s');
      // The window knows immediately which files are unsaved, the extension host later.
      await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor();
      await until(
        'the active editor should be saved',
        PATIENCE,
        () => inHost((vscode) => vscode.window.activeTextEditor?.document.isDirty),
        (dirty) => dirty === false,
      );
    },
    editorText,
    waitForText: (text) =>
      until(`the editor should hold ${String(text)}`, PATIENCE, editorText, (now) =>
        typeof text === 'string' ? now.includes(text) : text.test(now),
      ),
    async pasteImage(png) {
      await onPage.writeClipboard(page, png);
      await page.keyboard.press('Control+v');
    },
    dropImage: (png, name, line) => onPage.dropFile(page, { bytes: png, name, type: 'image/png' }, line),
    async quickFix(title) {
      const row = menu.filter({ hasText: title }).first();
      await openMenu(row);
      // A pane above the menu takes clicks until the pointer moves.
      await row.hover({ force: true });
      await row.click();
    },
    async quickFixes() {
      await openMenu();
      const rows = await menu.allInnerTexts();
      await page.keyboard.press('Escape');
      await menu.first().waitFor({ state: 'hidden' });
      return rows;
    },
    async hover(text) {
      const { x, y } = await onPage.placeOf(page, text);
      await page.mouse.move(x - 1, y);
      await page.mouse.move(x, y);
      const shown = page.locator(
        '.monaco-resizable-hover:not(.hidden) .monaco-hover-content, .monaco-hover:not(.hidden) .monaco-hover-content',
      );
      await shown.first().waitFor();
      return shown.first();
    },
    notifications: () => toasts.locator('.notification-list-item-message').allInnerTexts(),
    async waitForNotification(message) {
      const toast = toasts.filter({ hasText: message }).first();
      await toast.waitFor();
      return toast;
    },
    async closeNotification(toast) {
      await toast.hover();
      await toast.locator('.codicon-notifications-clear').click();
      await toast.waitFor({ state: 'hidden' });
    },
    async outputChannel(name) {
      await choose(page, 'Output: Show Output Channels...');
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
      await row.click();
      let text = '';
      await until(
        `the output of ${name} should be shown`,
        PATIENCE,
        async () => (text = await inHost(outputText)),
        (now) => now !== '',
      );
      return text;
    },
    async webview(title) {
      const outer = page.locator('iframe.webview.ready');
      await outer.first().waitFor({ state: 'attached', timeout: FIRST_PATIENCE });
      if (title === undefined) return outer.first().contentFrame().frameLocator('#active-frame');
      return onPage.webview(page, title);
    },
    refactorPreview: refactorPreview(page),
    async problems() {
      await command('workbench.actions.view.problems');
      const rows = page.locator('.markers-panel .monaco-list-row');
      await rows.first().waitFor();
      return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    },
    async theme(kind) {
      await inHost(async (vscode, name) => {
        const workbench = vscode.workspace.getConfiguration('workbench');
        await workbench.update('colorTheme', name, vscode.ConfigurationTarget.Global);
      }, THEMES[kind]);
      await page.locator(kind === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
    },
    async screenshot(path) {
      await page.screenshot({ path });
    },
    close: () => page.close(),
  };
}

/** A palette opened before an extension registered its commands never shows them, so it is reopened. */
async function choose(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  const end = performance.now() + FIRST_PATIENCE;
  while (performance.now() < end) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget .quick-input-box input');
    await input.waitFor();
    await input.fill(`>${title}`);
    try {
      await row.waitFor({ timeout: 1000 });
      await row.click();
      return;
    } catch {
      await page.keyboard.press('Escape');
    }
  }
  throw new Error(`No command ${title} in the palette`);
}

/** Runs in the extension host. */
function outputText(vscode: VscodeApi): string {
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'output');
  return shown?.document.getText() ?? '';
}
