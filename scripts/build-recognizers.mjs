import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NODE_BUNDLE } from './node-bundle.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${root}dist/experts`;
const TFJS = `${root}node_modules/@tensorflow/tfjs-backend-wasm/dist`;
const TESSERACT = `${root}node_modules/tesseract.js-core`;
const MODELS = `${root}node_modules/@vladmandic/human/models`;

/**
 * Builds the threads that read text and that detect objects and faces, with their WebAssembly and weights beside them,
 * into `dist/experts`. What runs from the sources needs them too. Everything that Notesight runs on has SIMD
 * (docs/decisions/0034), so there is no WebAssembly without it.
 */
export async function buildRecognizers() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      'thing-finder': 'src/node/object-detector-thread.ts',
      'text-reader': 'src/node/tesseract-thread.ts',
    },
    ...NODE_BUNDLE,
    outdir: FOLDER,
    metafile: true,
    // Its own entry for Node is for TensorFlow's native code.
    alias: { '@vladmandic/human': './node_modules/@vladmandic/human/dist/human.node-wasm.js' },
  });
  const models = ['blazeface', 'facemesh', 'centernet'].flatMap((name) => [`${name}.json`, `${name}.bin`]);
  const data = [
    `${TFJS}/tfjs-backend-wasm-simd.wasm`,
    `${TESSERACT}/tesseract-core-simd-lstm.wasm`,
    ...models.map((name) => `${MODELS}/${name}`),
  ];
  for (const file of data) copyFileSync(file, `${FOLDER}/${basename(file)}`);
  // The whole folder ships, so nothing from an earlier build may stay.
  const made = new Set([...Object.keys(metafile.outputs), ...data].map((file) => basename(file)));
  for (const name of readdirSync(FOLDER)) if (!made.has(name)) rmSync(`${FOLDER}/${name}`);
}
