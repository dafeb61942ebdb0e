import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NODE_BUNDLE } from './node-bundle.mjs';
import { RECOGNIZER_FILES } from './recognizer-files.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${root}dist/recognizers`;

/**
 * Builds the threads that read text and that detect objects and faces, with the files that they load beside them, into
 * `dist/recognizers`. Tests and the command line run from the sources need the folder, too.
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
  for (const [name, file] of Object.entries(RECOGNIZER_FILES))
    copyFileSync(`${root}${file}`, `${FOLDER}/${name}`);
  // The whole folder ships, so nothing from an earlier build may stay.
  const made = new Set([
    ...Object.keys(metafile.outputs).map((file) => basename(file)),
    ...Object.keys(RECOGNIZER_FILES),
  ]);
  for (const name of readdirSync(FOLDER)) if (!made.has(name)) rmSync(`${FOLDER}/${name}`);
}
