import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { pngChunk } from '../../src/node/png-chunk.ts';

/** A uniform color; four channels if it has alpha. */
export function plain(
  width: number,
  height: number,
  background: string | { r: number; g: number; b: number; alpha: number },
): Sharp {
  return sharp({
    create: { width, height, channels: typeof background === 'string' ? 3 : 4, background },
  });
}

/** Noise like that of a camera sensor. */
export function photo(width: number, height: number): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } });
}

/** Red, green, blue and white quarters, clockwise from the top left. */
export function quarters(width: number, height: number): Sharp {
  const rect = (x: number, y: number, fill: string) =>
    `<rect x="${x}" y="${y}" width="${width / 2}" height="${height / 2}" fill="${fill}"/>`;
  return sharp(
    Buffer.from(
      svg(
        `width="${width}" height="${height}"`,
        `${rect(0, 0, '#f00')}${rect(width / 2, 0, '#0f0')}${rect(width / 2, height / 2, '#00f')}${rect(0, height / 2, '#fff')}`,
      ),
    ),
  ).removeAlpha();
}

export function svg(attributes: string, inside = ''): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
}

/** Files that declare a large size but contain almost no data, by format. */
export async function bombs(): Promise<Record<string, Buffer>> {
  const gif = await plain(1, 1, '#000').gif().toBuffer();
  gif.writeUInt16LE(50_000, 6);
  gif.writeUInt16LE(50_000, 8);
  const frame = gif.lastIndexOf(0x2c);
  gif.writeUInt16LE(50_000, frame + 5);
  gif.writeUInt16LE(50_000, frame + 7);
  const webp = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xfe\xbf\xff\x0f\0\0\0\0\0\0\0', 'latin1');
  webp.writeUInt32LE(webp.length - 8, 4);
  webp.writeUInt32LE(webp.length - 20, 16);
  const bmp = Buffer.alloc(200);
  bmp.write('BM');
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(50_000, 18);
  bmp.writeInt32LE(-50_000, 22);
  bmp.writeUInt16LE(24, 28);
  return { png: hugePng(50_000, 50_000), gif, webp, bmp };
}

function hugePng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', Buffer.from([0x78, 0x9c])),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
