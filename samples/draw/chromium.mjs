// Takes pictures of pages with a headless Chromium: CHROMIUM=/path/to/it or the `chromium` on the PATH.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const toolbarHeight = 200; // newer Chromium takes the height of its bars off the window's

/**
 * @param {URL} page a file: URL
 * @param {{ width: number, height: number, scale?: number }} size in CSS pixels; `scale` in pixels to a CSS pixel
 * @returns {Promise<Buffer>} a PNG of the page's upper left corner, transparent where the page paints nothing
 */
export async function photographPage(page, { width, height, scale = 1 }) {
  const folder = mkdtempSync(join(tmpdir(), 'notesight-draw-'));
  try {
    const shot = join(folder, 'shot.png');
    execFileSync(
      process.env.CHROMIUM ?? 'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--hide-scrollbars',
        '--font-render-hinting=none',
        '--default-background-color=00000000',
        `--force-device-scale-factor=${scale}`,
        `--user-data-dir=${join(folder, 'profile')}`,
        `--window-size=${width},${height + toolbarHeight}`,
        `--screenshot=${shot}`,
        page.href,
      ],
      { stdio: ['ignore', 'ignore', 'ignore'], timeout: 60_000 },
    );
    return await sharp(readFileSync(shot))
      .extract({ left: 0, top: 0, width: width * scale, height: height * scale })
      .png()
      .toBuffer();
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
