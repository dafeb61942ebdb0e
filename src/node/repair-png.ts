import { constants, deflateSync, inflateSync } from 'node:zlib';
import { checkPixels } from '../core/image/check-pixels.ts';
import type { CutFile } from '../core/image/cut-file.ts';
import { pngChunk } from './png-chunk.ts';

/** The pixels of a PNG before compression. */
interface Raster {
  /** Total bytes of all rows, including the filter byte of each. */
  readonly length: number;
  /** Bytes per row if rows are stored from top to bottom. */
  readonly row: number;
}

/**
 * Completes a truncated PNG by filling the missing part with zeros. Without this, libpng can't decode a truncated
 * interlaced PNG.
 * @returns null if it has no pixel data
 * @throws NotesightError `image_too_large`
 * @throws Error if its data is broken before it ends
 * @see https://www.w3.org/TR/png-3/#5DataRep
 */
export function repairPng(bytes: Uint8Array): CutFile | null {
  const before: Uint8Array[] = [bytes.subarray(0, 8)];
  const data: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT') data.push(bytes.subarray(at + 8, Math.min(end - 4, bytes.length)));
    else if (data.length > 0) break;
    else before.push(bytes.subarray(at, end));
    at = end;
  }
  if (data.length === 0) return null;

  checkPixels({ width: view.getUint32(16), height: view.getUint32(20) });
  const { length, row } = rasterOf(view);
  const raw = inflateSync(Buffer.concat(data), {
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: length,
  });
  const whole = Buffer.alloc(length);
  raw.copy(whole);
  const repaired = [
    ...before,
    pngChunk('IDAT', deflateSync(whole, { level: 1 })),
    pngChunk('IEND', new Uint8Array()),
  ];
  const missing = view.getUint8(28) === 0 ? length - Math.floor(raw.length / row) * row : length - raw.length;
  return { bytes: new Uint8Array(Buffer.concat(repaired)), gap: missing / length };
}

function rasterOf(view: DataView): Raster {
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[view.getUint8(25)] ?? 1;
  const bits = view.getUint8(24) * channels;
  const row = (pixels: number) => (pixels === 0 ? 0 : 1 + Math.ceil((pixels * bits) / 8));
  if (view.getUint8(28) === 0) return { length: row(width) * height, row: row(width) };
  const length = ADAM7.reduce((sum, [x, y, across, down]) => {
    const rows = Math.max(0, Math.ceil((height - y) / down));
    return sum + rows * row(Math.max(0, Math.ceil((width - x) / across)));
  }, 0);
  return { length, row: row(width) };
}

/** For each pass, the first pixel and the steps to the next one, horizontally and vertically. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
