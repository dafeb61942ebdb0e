import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { build } from 'esbuild';
import { OBSIDIAN_TARGET } from './obsidian-target.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${root}dist/obsidian-experts`;
/** Its file name. */
export const PACK_NAME = 'notesight-experts.pack';
const MODULES = 'node_modules';
const HUMAN = `${MODULES}/@vladmandic/human`;

/** What is in the pack as it is, by its name there. Every platform of the plugin has SIMD, so the plain WebAssembly isn't. */
const FILES = {
  'LICENSE-Apache-2.0.txt': `${MODULES}/tesseract.js-core/LICENSE`,
  'LICENSE-human.txt': `${HUMAN}/LICENSE`,
  'tesseract-core.wasm': `${MODULES}/tesseract.js-core/tesseract-core-simd-lstm.wasm`,
  // Packed, whatever their names say.
  'deu.traineddata.gz': 'assets/tessdata/deu.traineddata',
  'eng.traineddata.gz': `${MODULES}/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz`,
  'rus.traineddata.gz': 'assets/tessdata/rus.traineddata',
  'tfjs-backend-wasm-simd.wasm': `${MODULES}/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`,
  ...Object.fromEntries(
    ['blazeface', 'facemesh', 'centernet'].flatMap((name) =>
      ['json', 'bin'].map((part) => [`${name}.${part}`, `${HUMAN}/models/${name}.${part}`]),
    ),
  ),
};

/**
 * Builds the recognizers for Obsidian: one file, to be downloaded, which holds all their code, weights and data. It begins
 * with a line of JSON, the names and sizes of the files that follow it, in bytes. Only the very pack that the plugin was built with is ever
 * run by it, so the plugin is told what it is known by.
 *
 * @param {string | null} address where it can be downloaded; null for a build that is not released
 * @returns {Promise<{ bytes: Buffer, facts: { sha256: string, size: number, address: string | null } }>}
 */
export async function buildRecognizerPack(address = null) {
  const files = [
    ...(await buildWorkers()),
    ...Object.entries(FILES).map(([name, file]) => [name, readFileSync(`${root}${file}`)]),
  ];
  const header = JSON.stringify(files.map(([name, { length }]) => [name, length]));
  const bytes = Buffer.concat([Buffer.from(`${header}\n`), ...files.map(([, content]) => content)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, facts: { sha256, size: bytes.length, address } };
}

/** Puts it where a user finds it. A build or a test that reads it at the same time gets a whole one. */
export function writeRecognizerPack({ bytes }) {
  mkdirSync(FOLDER, { recursive: true });
  const fresh = `${FOLDER}/${PACK_NAME}.${process.pid}`;
  writeFileSync(fresh, bytes);
  renameSync(fresh, `${FOLDER}/${PACK_NAME}`);
}

/**
 * An esbuild plugin: `import { sha256 } from 'pack:facts'` gives what the plugin knows of its pack.
 *
 * @returns {import('esbuild').Plugin}
 */
export function inlinePackFacts(facts) {
  return {
    name: 'inline-pack-facts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^pack:facts$/ }, ({ path }) => ({ path, namespace: 'pack' }));
      onLoad({ filter: /./, namespace: 'pack' }, () => ({ contents: JSON.stringify(facts), loader: 'json' }));
    },
  };
}

async function buildWorkers() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      'text-reader': 'src/hosts/obsidian/worker/text-reader-worker.ts',
      'thing-finder': 'src/hosts/obsidian/worker/object-detector-worker.ts',
    },
    outdir: FOLDER,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: OBSIDIAN_TARGET,
    alias: {
      'pack:tesseract-core': './node_modules/tesseract.js-core/tesseract-core-simd-lstm.js',
      '@vladmandic/human': './node_modules/@vladmandic/human/dist/human.esm-nobundle.js',
      // Of TensorFlow's engines only WebAssembly, as on Node.
      ...Object.fromEntries(
        ['cpu', 'webgl', 'webgpu'].map((engine) => [
          `@tensorflow/tfjs-backend-${engine}/dist/index.js`,
          './scripts/empty.mjs',
        ]),
      ),
    },
    // Obsidian's workers may have Node in them, and the libraries would take to it.
    define: { process: 'undefined' },
    external: ['fs', 'crypto'],
    charset: 'utf8',
    logLevel: 'warning',
  });
  return outputFiles.map(({ path, contents }) => [path.slice(FOLDER.length + 1), Buffer.from(contents)]);
}
