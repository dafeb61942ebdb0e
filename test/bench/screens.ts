import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { gemma3 } from '../fakes/fake-models.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/fake-ollama.ts';
import { startObsidian, type ObsidianHarness, type ObsidianWindow } from '../obsidian/harness.ts';
import { atMost } from './at-most.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';

const IMAGES = 300;
/** Milliseconds after the first paint in which late tasks count. */
const AFTERMATH = 1500;

interface Screen {
  readonly name: string;
  readonly command: string;
  /** What is drawn when the screen is there. */
  readonly selector: string;
}

const SCREENS: readonly Screen[] = [
  { name: 'panel', command: 'notesight:ask-note', selector: '.notesight-image-count' },
  { name: 'review', command: 'notesight:caption-note', selector: '.notesight-row' },
  { name: 'find', command: 'notesight:find-image', selector: '.suggestion-item' },
];

/** Milliseconds. */
interface Opening {
  readonly paint: number;
  /** The longest task on the main thread; 0 if none took 50 ms. */
  readonly longestTask: number;
}

/**
 * The screens of the Obsidian plugin in a note with 300 images, in a desktop Chromium with the stand-in for Obsidian.
 * Each opening is the first one in a new window, so that the code has not run before.
 */
export async function benchScreens(short: boolean): Promise<Row[]> {
  const vault = await noteWithImages();
  const fake = await startFakeOllama({ models: [{ ...gemma3, answer: describe }] });
  const obsidian = await startObsidian();
  try {
    const rows: Row[] = [];
    for (const screen of SCREENS) {
      const openings: Opening[] = [];
      for (let run = 0; run < (short ? 3 : 9); run++) {
        const window = await openVault(obsidian, fake, { ...vault, data: {} });
        openings.push(await open(window.page, screen));
        await window.close();
      }
      rows.push(
        atMost(
          `${screen.name}: first paint with ${IMAGES} images`,
          median(openings.map((each) => each.paint)),
          'ms',
          100,
        ),
        atMost(`${screen.name}: longest task`, median(openings.map((each) => each.longestTask)), 'ms', 50),
      );
    }
    const window = await openVault(obsidian, fake, { ...vault, data: { review: 'never', concurrency: 1 } });
    rows.push(
      atMost(
        `batch of ${IMAGES} images, besides the model`,
        await batchCost(window, fake),
        'ms an image',
        10,
      ),
    );
    await window.close();
    return rows;
  } finally {
    await obsidian.close();
    await fake.close();
  }
}

interface Vault {
  readonly files: Readonly<Record<string, string>>;
  readonly binaries: Readonly<Record<string, Uint8Array>>;
  readonly note: string;
}

async function noteWithImages(): Promise<Vault> {
  const binaries: Record<string, Uint8Array> = {};
  for (let index = 0; index < IMAGES; index++) {
    const background = { r: index % 256, g: 90 + (index >> 8) * 90, b: 120 };
    binaries[`slide ${index}.png`] = await sharp({
      create: { width: 640, height: 360, channels: 3, background },
    })
      .png()
      .toBuffer();
  }
  const text = Object.keys(binaries).map((name, index) => `## Slide ${index}\n\n![[${name}]]\n`);
  return { files: { 'note.md': text.join('\n') }, binaries, note: 'note.md' };
}

const describe = () => ({
  alt: 'A slide in one color',
  description: 'It was made by a test.',
  text: '',
  tags: [],
  decorative: false,
});

function openVault(
  obsidian: ObsidianHarness,
  fake: FakeOllama,
  options: Vault & { readonly data: unknown },
): Promise<ObsidianWindow> {
  return obsidian.open({ ...options, localStorage: { 'notesight-server': fake.url } });
}

/** No functions with names in the page: the loader of the bench would add a helper that it lacks. */
function open(page: Page, { command, selector }: Screen): Promise<Opening> {
  return page.evaluate(
    async ([id, wanted, aftermath]) => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) tasks.push(task.duration);
      });
      observer.observe({ type: 'longtask' });
      await new Promise(requestAnimationFrame);
      const start = performance.now();
      void obsidianHost.runCommand(id);
      do await new Promise(requestAnimationFrame);
      while (document.querySelector(wanted) === null);
      // The frame that draws it ends before the next one begins.
      await new Promise(requestAnimationFrame);
      const paint = performance.now() - start;
      await new Promise((resolve) => setTimeout(resolve, aftermath));
      observer.disconnect();
      return { paint, longestTask: Math.max(0, ...tasks) };
    },
    [command, selector, AFTERMATH] as const,
  );
}

/** Milliseconds an image, without the time that the same requests take alone. */
async function batchCost({ page, runCommand }: ObsidianWindow, fake: FakeOllama): Promise<number> {
  const start = performance.now();
  await runCommand('notesight:caption-note');
  await page.waitForFunction(
    (count) => obsidianHost.editorText().split('|A slide in one color').length > count,
    IMAGES,
    { timeout: 300_000, polling: 20 },
  );
  const total = performance.now() - start;
  const body = fake.seen.findLast(({ path }) => path === '/api/chat')?.body ?? '';
  const bare = await page.evaluate(
    async ([url, text, count]) => {
      const begin = performance.now();
      for (let index = 0; index < count; index++)
        await (await fetch(`${url}/api/chat`, { method: 'POST', body: text })).text();
      return performance.now() - begin;
    },
    [fake.url, body, IMAGES] as const,
  );
  return (total - bare) / IMAGES;
}
