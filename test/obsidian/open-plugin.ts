import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { buildPlugin } from './build-plugin.ts';
import { startObsidian, type ObsidianWindow, type OpenOptions } from './harness.ts';
import { square } from './square.ts';

/** A note with two images without alt text: `a.png`, 80 pixels wide, and `b.png`, 90. */
export const NOTE = '# Note\n\n![[a.png]]\n\nWords between.\n\n![](b.png)\n';

/** The same note with alt text. */
export const CAPTIONED = NOTE.replace('[[a.png]]', '[[a.png|Square 80 wide]]').replace(
  '![]',
  '![Square 90 wide]',
);

/** Milliseconds; long enough for a machine under load. */
const PATIENCE = 15_000;

const DATA = '.obsidian/plugins/notesight/data.json';

/** Actions of a plugin test in its window, in addition to those of the Obsidian model. */
export interface PluginWindow extends ObsidianWindow {
  /** Waits until the active editor contains a text and returns all of it. On timeout, reports the actual text. */
  readonly untilText: (pattern: RegExp) => Promise<string>;
  /** Waits for a notice and returns its text. */
  readonly untilNotice: (pattern: RegExp) => Promise<string>;
  /** Pastes a square of this width from the real clipboard and waits for its link in the note. */
  readonly pasteSquare: (size: number) => Promise<void>;
  /** The contents of `data.json`. */
  readonly data: () => Promise<Record<string, unknown>>;
}

export interface PluginHarness {
  /**
   * Opens the plugin in a vault with `note.md` open, for the duration of a test, which fails if the page had errors.
   * @param server the address where the plugin finds Ollama
   */
  open(t: TestContext, server: string, options?: OpenOptions): Promise<PluginWindow>;
  close(): Promise<void>;
}

/** Builds the plugin and starts a browser for it. */
export async function startPlugin(): Promise<PluginHarness> {
  const plugin = buildPlugin();
  const [a, b] = await Promise.all([square(80), square(90)]);
  const harness = await startObsidian();
  return {
    async open(t, server, options = {}) {
      const window = await harness.open({
        ...plugin,
        files: { 'note.md': NOTE },
        binaries: { 'a.png': a, 'b.png': b },
        note: 'note.md',
        data: { review: 'never' },
        localStorage: { 'notesight-server': server },
        ...options,
      });
      const { page, errors } = window;
      page.setDefaultTimeout(PATIENCE);
      t.after(async () => {
        // The page logs everything it fails to load, even if the plugin expects it: a server that is down or rejects
        // the origin.
        assert.deepEqual(
          errors.filter((error) => !/Failed to load resource|CORS policy/.test(error)),
          [],
        );
        await page.close();
      });
      return pluginWindow(window);
    },
    close: () => harness.close(),
  };
}

function pluginWindow(window: ObsidianWindow): PluginWindow {
  const { page } = window;

  async function untilText({ source, flags }: RegExp): Promise<string> {
    const holds = page.waitForFunction(
      ([pattern, flag]) => {
        try {
          return new RegExp(pattern, flag).test(obsidianHost.editorText());
        } catch {
          // Between two notes, no editor is active.
          return false;
        }
      },
      [source, flags] as const,
    );
    await holds.catch(async (cause: unknown) => {
      const there = JSON.stringify([await window.editorText(), await window.notices()]);
      throw new Error(`The editor never held ${source}, but, with its notices, ${there}`, { cause });
    });
    return window.editorText();
  }

  return {
    ...window,
    untilText,
    async untilNotice(pattern) {
      const { source } = pattern;
      const shown = page.waitForFunction(
        (text) => obsidianHost.notices().some((notice) => new RegExp(text).test(notice)),
        source,
      );
      await shown.catch(async (cause: unknown) => {
        throw new Error(`No notice says ${source}, but ${JSON.stringify(await window.notices())}`, { cause });
      });
      return (await window.notices()).find((notice) => pattern.test(notice)) ?? '';
    },
    async pasteSquare(size) {
      const before = await window.editorText();
      await window.pasteImages({ name: 'image.png', type: 'image/png', bytes: await square(size) });
      await page.waitForFunction(
        (text) => obsidianHost.editorText() !== text && obsidianHost.editorText().includes('Pasted image'),
        before,
      );
    },
    async data() {
      return JSON.parse((await window.diskText(DATA)) ?? '{}') as Record<string, unknown>;
    },
  };
}
