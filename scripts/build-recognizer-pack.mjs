import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { build } from 'esbuild';
import { OBSIDIAN_TARGET } from './obsidian-target.mjs';
import { RECOGNIZER_FILES } from './recognizer-files.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = `${root}dist/packs`;
const NODE_FILES = `${root}dist/recognizers`;
export const PACK_NAME = 'notesight-experts.pack';
export const NODE_PACK_NAME = 'notesight-recognizers-vscode.pack';

/**
 * Builds the recognizers for Obsidian: one file to download, with all their code, weights, and data.
 *
 * @param {string | null} address where it can be downloaded; null for a build that is not released
 * @returns {Promise<import('./build-recognizer-pack.mjs').BuiltPack>}
 */
export async function buildRecognizerPack(address = null) {
  const files = [
    ...(await buildWorkers()),
    ...Object.entries(RECOGNIZER_FILES).map(([name, file]) => [name, readFileSync(`${root}${file}`)]),
  ];
  return packOf(files, address);
}

/**
 * Puts the recognizers for Node, which `scripts/build-recognizers.mjs` builds, into one file for VS Code.
 *
 * @param {string | null} address where it can be downloaded; null for a build that is not released
 * @returns {import('./build-recognizer-pack.mjs').BuiltPack}
 */
export function buildNodePack(address = null) {
  const names = readdirSync(NODE_FILES).sort();
  return packOf(
    names.map((name) => [name, readFileSync(`${NODE_FILES}/${name}`)]),
    address,
  );
}

/**
 * A pack begins with a line of JSON: the names and sizes of the files that follow it, in bytes. A build runs only its own
 * pack, so it contains the hash.
 *
 * @param {[name: string, content: Buffer][]} files
 * @param {string | null} address
 */
function packOf(files, address) {
  const header = JSON.stringify(files.map(([name, { length }]) => [name, length]));
  const bytes = Buffer.concat([Buffer.from(`${header}\n`), ...files.map(([, content]) => content)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, facts: { sha256, size: bytes.length, address } };
}

/**
 * Writes a pack where a user finds it. A build or test that reads it at the same time gets a complete file.
 *
 * @param {string} name
 * @param {import('./build-recognizer-pack.mjs').BuiltPack} pack
 */
export function writePack(name, { bytes }) {
  mkdirSync(FOLDER, { recursive: true });
  const fresh = `${FOLDER}/${name}.${process.pid}`;
  writeFileSync(fresh, bytes);
  renameSync(fresh, `${FOLDER}/${name}`);
}

/**
 * An esbuild plugin: `import { sha256 } from 'pack:facts'` gives what a build knows about its pack.
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
