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
  /** Path of a file, from the folder or absolute, that is open from the start. */
  readonly file?: string;
  /** Ids of extensions to wait for until they are active. */
  readonly activated?: readonly string[];
}

/** A window of VS Code and what a user does in it. Lines and columns are those of the status bar: they start at 1. */
export interface Workbench {
  readonly page: Page;
  /** What pages have logged, extensions too, line by line. */
  readonly log: readonly string[];
  /** Looks behind the scenes. */
  readonly inHost: InExtensionHost;
  /** Waits until an extension of this id is active. */
  readonly waitForActivation: (id: string) => Promise<void>;
  /** Runs a command as the palette names it, with its category. */
  readonly palette: (title: string) => Promise<void>;
  /** Opens a file in the active group, and puts the focus there. */
  readonly openFile: (path: string) => Promise<void>;
  readonly clickIntoEditor: () => Promise<void>;
  /** Puts the cursor of the active editor there, and the focus. */
  readonly setCursor: (line: number, column: number) => Promise<void>;
  /** Types with a real keyboard, where the focus is. */
  readonly typeText: (text: string) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** The whole text of the active editor. */
  readonly editorText: () => Promise<string>;
  /** Waits until the active editor's text is such; says what it is when that takes too long. */
  readonly waitForText: (text: string | RegExp) => Promise<void>;
  /** Pastes from the real clipboard. The browser encodes the image anew: its pixels stay, its bytes don't. */
  readonly pasteImage: (png: Uint8Array) => Promise<void>;
  /** Drops a file on a line of the active editor that is in sight, with Shift held as VS Code wants it. */
  readonly dropImage: (png: Uint8Array, name: string, line: number) => Promise<void>;
  /** Chooses a row of the menu of code actions at the cursor. */
  readonly quickFix: (title: string | RegExp) => Promise<void>;
  /** The rows of that menu, which is closed again. */
  readonly quickFixes: () => Promise<string[]>;
  /** What is shown when the pointer rests on a text in sight in the active editor. */
  readonly hover: (text: string) => Promise<Locator>;
  readonly notifications: () => Promise<string[]>;
  /** @returns the toast, whose buttons a test clicks */
  readonly waitForNotification: (message: RegExp) => Promise<Locator>;
  readonly closeNotification: (toast: Locator) => Promise<void>;
  /** The text of a channel, which is shown. */
  readonly outputChannel: (name: string) => Promise<string>;
  /** What is inside a webview with this title; without one, the only one there is. */
  readonly webview: (title?: string) => Promise<FrameLocator>;
  readonly refactorPreview: RefactorPreview;
  /** The rows of the panel of problems, which is shown. */
  readonly problems: () => Promise<string[]>;
  readonly theme: (kind: 'light' | 'dark') => Promise<void>;
  readonly screenshot: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

const SIZE = { width: 1400, height: 900 };
/** Milliseconds that a slow machine takes to draw the first window. */
const FIRST_PATIENCE = 90_000;
const PATIENCE = 15_000;
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** Opens a window, one for each workspace, and comes back when what is asked for is there. */
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
  // The event of loading comes seconds after the commit, and is waited for by nothing.
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
  /** Where the editor has no focus yet, or its problems are just being looked for, the key does nothing: it is pressed again. */
  const openMenu = async () => {
    for (let attempt = 1; ; attempt++) {
      await command('workbench.action.focusActiveEditorGroup');
      await page.keyboard.press('Control+.');
      try {
        await menu.first().waitFor({ timeout: PATIENCE / 5 });
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
      // The line of the status bar follows what the window itself knows.
      await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    },
    typeText: (text) => page.keyboard.type(text),
    undo: () => page.keyboard.press('Control+z'),
    async save() {
      await page.keyboard.press('Control+s');
      // The window knows at once what is to be saved, the extension host later.
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
      await openMenu();
      const row = menu.filter({ hasText: title }).first();
      // A menu lies under a pane that takes clicks until the pointer moves.
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

/** The palette that was opened before an extension's commands were there never gets them: it is opened anew. */
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
