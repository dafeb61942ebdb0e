import type { FrameLocator, Page } from 'playwright-core';
import { until } from '../../e2e/until.ts';

interface DroppedFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const EDITOR = '.editor-group-container.active .monaco-editor';
/** Milliseconds. */
const PATIENCE = 15_000;

/** Actions in the page of a window, below the level of a user. */
export const onPage = { writeClipboard, dropFile, placeOf, webview };

async function writeClipboard(page: Page, png: Uint8Array): Promise<void> {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const image = new Blob([bytes], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
  }, base64Of(png));
}

async function dropFile(page: Page, { bytes, name, type }: DroppedFile, line: number): Promise<void> {
  const at = await placeOfLine(page, line);
  // Moves the pointer to the drop position and closes hovers elsewhere.
  await page.mouse.move(at.x, at.y);
  await page.waitForFunction(
    ({ x, y }) => document.elementFromPoint(x, y)?.closest('.view-lines') != null,
    at,
    { timeout: PATIENCE },
  );
  await page.evaluate(
    async ({ base64, name, type, at }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      data.items.add(new File([content], name, { type }));
      for (const event of ['dragenter', 'dragover', 'drop']) {
        document.elementFromPoint(at.x, at.y)?.dispatchEvent(
          new DragEvent(event, {
            dataTransfer: data,
            bubbles: true,
            cancelable: true,
            composed: true,
            shiftKey: true,
            clientX: at.x,
            clientY: at.y,
          }),
        );
        await new Promise(requestAnimationFrame);
      }
    },
    { base64: base64Of(bytes), name, type, at },
  );
}

/** The left end of a visible line in the active editor. */
async function placeOfLine(page: Page, line: number): Promise<Place> {
  const lines = page.locator(`${EDITOR} .view-line`);
  let place: Place | undefined;
  await until(
    `line ${line} should be in sight`,
    PATIENCE,
    async () => {
      const places = await lines.evaluateAll((all) => {
        // Lines are in no particular order in the DOM, and may be redrawn at any time.
        const boxes = all.map((each) => each.getBoundingClientRect()).sort((a, b) => a.top - b.top);
        return boxes.map(({ left, top, height }) => ({ x: left + 2, y: top + height / 2 }));
      });
      place = places[line - 1];
      return places.length;
    },
    () => place !== undefined,
  );
  if (place === undefined) throw new Error(`Line ${line} is not in sight.`);
  return place;
}

/** The center of a visible text in the active editor. */
async function placeOf(page: Page, text: string): Promise<Place> {
  const lines = page.locator(`${EDITOR} .view-line`);
  await lines.filter({ hasText: text }).first().waitFor();
  const place = await lines.evaluateAll((all, wanted) => {
    for (const line of all) {
      // Spaces are rendered as non-breaking spaces.
      const start = line.textContent.replaceAll('\u00a0', ' ').indexOf(wanted);
      if (start < 0) continue;
      const range = document.createRange();
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let before = 0;
      const middle = start + Math.floor(wanted.length / 2);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (before + length > middle) {
          range.setStart(node, middle - before);
          range.setEnd(node, middle - before + 1);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        before += length;
      }
    }
    return null;
  }, text);
  if (place === null) throw new Error(`${text} is not in sight.`);
  return place;
}

/** The title is available only in the inner frame. */
async function webview(page: Page, title: string): Promise<FrameLocator> {
  const all = page.locator('iframe.webview.ready');
  let found = -1;
  await until(
    `a webview should have the title ${title}`,
    PATIENCE,
    async () => {
      const titles: (string | null)[] = [];
      for (const each of await all.all())
        titles.push(
          await each
            .contentFrame()
            .locator('#active-frame')
            .getAttribute('title', { timeout: 1000 })
            // The page is still loading, or was closed in the meantime.
            .catch(() => null),
        );
      found = titles.indexOf(title);
      return titles;
    },
    () => found >= 0,
  );
  return all.nth(found).contentFrame().frameLocator('#active-frame');
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
