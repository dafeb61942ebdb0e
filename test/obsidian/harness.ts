import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/launch-chromium.ts';
import { type BuiltPlugin, readBuiltPlugin } from './built-plugin.ts';
import type { BootOptions, GivenFile, HostApi } from './host-api.ts';
import { servePage } from './page-server.ts';

/** A host that Ollama does not allow by default. */
const FOREIGN_HOST = 'obsidian.test';

/** The screen of a phone in CSS pixels. */
const PHONE = { width: 390, height: 844 };

export interface OpenOptions extends Partial<Omit<BootOptions, 'binaries'>> {
  readonly binaries?: Readonly<Record<string, Uint8Array>>;
  /**
   * Whether Ollama's rules allow the page's origin, as they allow Obsidian's `app://obsidian.md`. Default: allowed.
   */
  readonly origin?: 'allowed' | 'foreign';
}

export interface ImageFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

type Asynchronous<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
};

const ASKED = [
  'disablePlugin',
  'enablePlugin',
  'runCommand',
  'offeredCommands',
  'runCli',
  'toggleSettings',
  'showFileMenu',
  'files',
  'diskText',
  'diskBase64',
  'writeOutside',
  'renameFile',
  'deleteFile',
  'openNote',
  'closeNote',
  'showReadingView',
  'activateNote',
  'editorText',
  'setSelection',
  'notices',
  'setTheme',
] as const satisfies (keyof HostApi)[];

type Asked = Asynchronous<Pick<HostApi, (typeof ASKED)[number]>>;

/** Actions of a test in an open window, in addition to those of Playwright's `page`. */
export interface ObsidianWindow extends Asked {
  readonly page: Page;
  /** Errors thrown or logged by the page. */
  readonly errors: readonly string[];
  /** Types into the active editor with a real keyboard. */
  readonly typeText: (text: string) => Promise<void>;
  /** @param offset in UTF-16 code units in the active editor, which gets the focus */
  readonly setCursor: (offset: number) => Promise<void>;
  /**
   * Pastes into the active editor. A single PNG uses the real clipboard and Ctrl+V; the clipboard holds only that, so
   * other files use a synthetic event.
   */
  readonly pasteImages: (...files: ImageFile[]) => Promise<void>;
  /** @param offset the drop position in the text */
  readonly dropImages: (offset: number, ...files: ImageFile[]) => Promise<void>;
  readonly statusBarText: () => Promise<string>;
  /** Waits until the note on disk contains the text. On timeout, reports the actual text. */
  readonly waitForNote: (path: string, text: string | RegExp) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ObsidianHarness {
  /** Origins of the two kinds of page. */
  readonly url: string;
  readonly foreignUrl: string;
  /** @throws Error if no plugin is given and none is built */
  open(options?: OpenOptions): Promise<ObsidianWindow>;
  close(): Promise<void>;
}

/** Serves the Obsidian model and starts a browser for it; `open` creates isolated windows. */
export async function startObsidian(): Promise<ObsidianHarness> {
  const server = await servePage(0);
  const url = `http://127.0.0.1:${server.port}`;
  const foreignUrl = `http://${FOREIGN_HOST}:${server.port}`;
  const browser = await launchChromium([
    `--host-resolver-rules=MAP ${FOREIGN_HOST} 127.0.0.1`,
    `--unsafely-treat-insecure-origin-as-secure=${foreignUrl}`,
  ]).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  return {
    url,
    foreignUrl,
    async open(options = {}) {
      const plugin = await pluginOf(options);
      const page = await browser.context.newPage();
      if (options.isPhone === true) await page.setViewportSize(PHONE);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(options.origin === 'foreign' ? foreignUrl : url);
      const boot: BootOptions = {
        files: options.files ?? {},
        binaries: mapped(options.binaries ?? {}, base64),
        note: options.note ?? null,
        data: options.data ?? null,
        localStorage: options.localStorage ?? {},
        language: options.language ?? 'en',
        sideViews: options.sideViews ?? [],
        isPhone: options.isPhone ?? false,
        ...plugin,
      };
      await page.evaluate((given) => obsidianHost.boot(given), boot);
      return windowOf(page, errors);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function pluginOf({ mainJs, manifest, stylesCss }: OpenOptions): Promise<BuiltPlugin> {
  if (mainJs !== undefined && manifest !== undefined) return { mainJs, manifest, stylesCss: stylesCss ?? '' };
  const built = await readBuiltPlugin();
  return {
    mainJs: mainJs ?? built.mainJs,
    manifest: manifest ?? built.manifest,
    stylesCss: stylesCss ?? built.stylesCss,
  };
}

function windowOf(page: Page, errors: readonly string[]): ObsidianWindow {
  return {
    page,
    errors,
    ...asked(page),
    async typeText(text) {
      await focusEditor(page);
      await page.keyboard.type(text);
    },
    async setCursor(offset) {
      await page.evaluate((at) => {
        obsidianHost.setSelection(at, at);
      }, offset);
    },
    async pasteImages(...files) {
      await focusEditor(page);
      const [first, ...others] = files;
      if (first?.type === 'image/png' && others.length === 0) await pasteFromClipboard(page, first);
      else await page.evaluate((given) => obsidianHost.paste(given), files.map(givenFile));
    },
    async dropImages(offset, ...files) {
      await page.evaluate(([given, at]) => obsidianHost.drop(given, at), [
        files.map(givenFile),
        offset,
      ] as const);
    },
    statusBarText: () => page.locator('.status-bar').innerText(),
    async waitForNote(path, text) {
      const { source, flags } = typeof text === 'string' ? { source: literal(text), flags: '' } : text;
      const holds = page.waitForFunction(
        ([at, pattern, flag]) => new RegExp(pattern, flag).test(obsidianHost.diskText(at) ?? ''),
        [path, source, flags] as const,
        { timeout: 10_000 },
      );
      await holds.catch(async (cause: unknown) => {
        const there = JSON.stringify(await page.evaluate((at) => obsidianHost.diskText(at), path));
        throw new Error(`${path} never held ${String(text)}, but ${there}`, { cause });
      });
    },
    close: () => page.close(),
  };
}

/** The API of the page itself. */
function asked(page: Page): Asked {
  const ask =
    (name: (typeof ASKED)[number]) =>
    (...args: unknown[]) =>
      page.evaluate(
        ([method, given]) => (obsidianHost[method] as (...args: unknown[]) => unknown)(...given),
        [name, args] as const,
      );
  return Object.fromEntries(ASKED.map((name) => [name, ask(name)])) as unknown as Asked;
}

/** Focuses the editor without taking the focus from an overlay. */
async function focusEditor(page: Page): Promise<void> {
  await page.bringToFront();
  const content = page.locator('.workspace-leaf.mod-active .cm-content');
  await content.focus();
}

async function pasteFromClipboard(page: Page, file: ImageFile): Promise<void> {
  await page.evaluate(async ({ base64: text, type }) => {
    const response = await fetch(`data:${type};base64,${text}`);
    const { navigator, ClipboardItem } = globalThis as unknown as {
      navigator: { clipboard: { write(items: unknown[]): Promise<void> } };
      ClipboardItem: new (items: Record<string, unknown>) => unknown;
    };
    await navigator.clipboard.write([new ClipboardItem({ [type]: await response.blob() })]);
  }, givenFile(file));
  await page.keyboard.press('Control+v');
}

function givenFile({ name, type, bytes }: ImageFile): GivenFile {
  return { name, type, base64: base64(bytes) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function mapped<A, B>(record: Readonly<Record<string, A>>, to: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}
