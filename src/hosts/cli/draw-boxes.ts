import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { NamedBox } from '../../core/detect/named-box.ts';
import type { FittedImage } from '../../core/ports.ts';
import { badPath } from '../../node/existing-path.ts';
import { loadSharp } from '../../node/load-sharp.ts';

const COLORS = ['#ff5d5d', '#ffd34d', '#5ee087', '#5ccfff', '#a78bff', '#ff8ad8'];
const KINDS = ['.svg', '.png', '.jpg', '.jpeg', '.webp'];

/** @throws NotesightError `bad_usage` if the file format can't be written */
export function checkDrawing(file: string): void {
  if (!KINDS.includes(extname(file).toLowerCase()))
    throw badPath(file, `must end in one of ${KINDS.join(', ')}`);
}

/**
 * Draws labeled boxes over an image.
 * @param image an image of the size that the boxes refer to
 * @throws NotesightError `bad_usage` if the file can't be written
 */
export async function drawBoxes(image: FittedImage, boxes: readonly NamedBox[], file: string): Promise<void> {
  const shapes = boxes.map((box, index) => shapeOf(box, image, COLORS[index % COLORS.length] ?? ''));
  try {
    if (extname(file).toLowerCase() === '.svg') {
      const data = Buffer.from(image.bytes).toString('base64');
      await writeFile(file, svg(image, [`<image href="data:${image.type};base64,${data}"/>`, ...shapes]));
      return;
    }
    const sharp = await loadSharp();
    await sharp(image.bytes)
      .composite([{ input: Buffer.from(svg(image, shapes)) }])
      .toFile(file);
  } catch (cause) {
    throw badPath(file, "can't be written", cause);
  }
}

function svg({ width, height }: FittedImage, shapes: readonly string[]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${shapes.join('\n')}\n</svg>\n`;
}

/** Light with a dark outline, so that it is visible on any background. */
function shapeOf({ name, part }: NamedBox, image: FittedImage, color: string): string {
  const line = Math.max(1, Math.round(Math.max(image.width, image.height) / 500));
  const letter = line * 9;
  const { x, y, width, height } = part;
  const rect = (stroke: string, by: number) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${stroke}" stroke-width="${by}"/>`;
  const label =
    `<text x="${x + line * 2}" y="${y + letter}" font-family="sans-serif" font-size="${letter}" font-weight="bold" ` +
    `fill="${color}" stroke="#111111" stroke-width="${line * 1.2}" stroke-linejoin="round" paint-order="stroke">${escapeXml(name)}</text>`;
  return rect('#111111', line * 3.5) + rect(color, line * 2) + label;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
