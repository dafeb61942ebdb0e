import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NODE_BUNDLE } from './node-bundle.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${root}dist/experts`;
const WASM = `${root}node_modules/@tensorflow/tfjs-backend-wasm/dist`;
const MODELS = `${root}node_modules/@vladmandic/human/models`;

/**
 * Builds the thread that finds objects and faces, with its weights and its WebAssembly beside it, into `dist/experts`.
 * What runs from the sources needs it too.
 */
export async function buildRecognizers() {
  await build({
    absWorkingDir: root,
    entryPoints: { 'thing-finder': 'src/node/object-detector-thread.ts' },
    ...NODE_BUNDLE,
    outdir: FOLDER,
    // Its own entry for Node is for TensorFlow's native code.
    alias: { '@vladmandic/human': './node_modules/@vladmandic/human/dist/human.node-wasm.js' },
  });
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    copyFileSync(`${WASM}/${name}`, `${FOLDER}/${name}`);
  for (const name of ['blazeface', 'facemesh', 'centernet'])
    for (const part of ['json', 'bin'])
      copyFileSync(`${MODELS}/${name}.${part}`, `${FOLDER}/${name}.${part}`);
}
