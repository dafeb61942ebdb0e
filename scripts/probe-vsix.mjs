// Tries the packages that an unpacked extension brings, as src/node uses them: probe-vsix.mjs FOLDER CPU
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [folder, cpu] = process.argv.slice(2);
const inside = createRequire(join(folder, 'dist/vscode/extension.cjs'));
const sample = (name) =>
  readFileSync(fileURLToPath(new URL(`../samples/vault/attachments/${name}`, import.meta.url)));

globalThis.fetch = () => {
  throw new Error('something is fetched');
};
for (const name of ['sharp', 'tesseract.js', 'tesseract.js-core/package.json', 'heic-decode'])
  assert(inside.resolve(name).startsWith(realpathSync(folder) + sep), `${name} comes from elsewhere`);

const sharp = inside('sharp');
assert.equal('emscripten' in sharp.versions, cpu === 'wasm32', 'sharp is not the build that it should be');
for (const [encode, format] of [
  ['png', 'png'],
  ['jpeg', 'jpeg'],
  ['webp', 'webp'],
  ['gif', 'gif'],
  ['tiff', 'tiff'],
  ['avif', 'heif'],
]) {
  const small = await sharp(sample('learning-rates.png')).resize(64).toFormat(encode).toBuffer();
  const { width, format: is } = await sharp(small).metadata();
  assert.deepEqual({ width, format: is }, { width: 64, format });
  await sharp(small).raw().toBuffer();
}
const drawing = await sharp(sample('acorn-keep.svg')).resize(100).png().toBuffer();
assert.equal((await sharp(drawing).metadata()).width, 100);

// No HEIC photo is at hand: that the decoder starts, and says of a file what it is.
await assert.rejects(
  inside('heic-decode').all({ buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1') }),
  /HEIF image not found/,
);
