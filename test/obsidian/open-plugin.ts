import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama, type FakeOllama, type FakeOllamaOptions } from '../fakes/fake-ollama.ts';
import { startObsidian, type ObsidianHarness, type ObsidianWindow, type OpenOptions } from './harness.ts';
import type { PluginManifest } from './host-api.ts';

/** The note that is open, with the images `a.png`, 80 pixels wide, and `b.png`, 90 pixels wide. */
export const NOTE = '# Note\n\n![[a.png]]\n\nWords between.\n\n![](b.png)\n';
/** What becomes of it. */
export const CAPTIONED = /!\[\[a\.png\|Square 80 wide\]\][^]*!\[Square 90 wide\]\(b\.png\)/;

let harness: ObsidianHarness;
let plugin: { mainJs: string; stylesCss: string; manifest: PluginManifest };
let a: Buffer;
let b: Buffer;

before(async () => {
  // The very files that ship.
  const folder = mkdtempSync(join(tmpdir(), 'notesight-plugin-'));
  execFileSync(process.execPath, ['esbuild.config.mjs', '--obsidian', folder]);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const manifest = JSON.parse(read('manifest.json')) as PluginManifest;
  plugin = { mainJs: read('main.js'), stylesCss: read('styles.css'), manifest };
  rmSync(folder, { recursive: true });
  harness = await startObsidian();
  a = await square(80);
  b = await square(90);
});

after(() => harness.close());

/** A PNG. @param size of its sides, in pixels */
export function square(size: number): Promise<Buffer> {
  const background = { r: size % 256, g: 60, b: 120 };
  return sharp({ create: { width: size, height: size, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A server whose model tells images apart by their width. */
export async function serve(t: TestContext, options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const fake = await startFakeOllama({
    models: [
      {
        ...gemma3,
        answer: ({ images }) => ({
          alt: `Square ${images[0]?.readUInt32BE(16) ?? 0} wide`,
          description: 'It was made by a test.',
          text: '',
          tags: [],
          decorative: false,
        }),
      },
    ],
    ...options,
  });
  t.after(() => fake.close());
  return fake;
}

/** Where nobody answers. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export interface Opened extends ObsidianWindow {
  /** Waits until the open note holds a text. */
  readonly untilText: (pattern: RegExp) => Promise<string>;
  /** Waits for a notice, old or new. */
  readonly untilNotice: (pattern: RegExp) => Promise<string>;
  readonly pasteImage: (bytes: Buffer) => Promise<void>;
}

/** Opens the plugin with the note; without a review, where no settings are given. */
export async function open(t: TestContext, server: string, options: OpenOptions = {}): Promise<Opened> {
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
  t.after(async () => {
    // What a page can't load it logs, also where the plugin expects it: a server that is down or refuses the origin.
    assert.deepEqual(
      errors.filter((error) => !/Failed to load resource|CORS policy/.test(error)),
      [],
    );
    await page.close();
  });
  return {
    ...window,
    pasteImage: (bytes) => window.pasteImages({ name: 'image.png', type: 'image/png', bytes }),
    async untilText({ source, flags }) {
      await page.waitForFunction(
        ([pattern, flag]) => new RegExp(pattern, flag).test(obsidianHost.editorText()),
        [source, flags] as const,
        { timeout: 15_000 },
      );
      return window.editorText();
    },
    async untilNotice(pattern) {
      await page.waitForFunction(
        ([source, flags]) => obsidianHost.notices().some((text) => new RegExp(source, flags).test(text)),
        [pattern.source, pattern.flags] as const,
        { timeout: 15_000 },
      );
      return (await window.notices()).find((text) => pattern.test(text)) ?? '';
    },
  };
}

/** The words in the review list; the editor is a box for text too. */
export const boxes = (page: Page) => page.locator('.modal').getByRole('textbox');
