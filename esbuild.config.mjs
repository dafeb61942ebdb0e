// Builds what ships: the command line (dist/notesight.js) and the plugin for Obsidian (dist/obsidian).
import { copyFileSync } from 'node:fs';
import process from 'node:process';
import { build } from 'esbuild';
import { inlineWorker } from './scripts/inline-worker.mjs';

/** Loaded from node_modules: native code, workers and weights can't be bundled, and commander is no ES module. */
const external = ['sharp', 'tesseract.js', 'heic-decode', 'commander'];

/** With `--obsidian FOLDER` only the plugin is built, into that folder. */
const [flag, folder] = process.argv.slice(2);
const onlyObsidian = flag === '--obsidian' && folder !== undefined;
const obsidianFolder = onlyObsidian ? folder : 'dist/obsidian';

if (!onlyObsidian)
  await build({
    entryPoints: { notesight: 'src/hosts/cli/main.ts' },
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    // A command loads only what it needs.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external,
    banner: { js: '#!/usr/bin/env node' },
    sourcemap: true,
    logLevel: 'warning',
  });

await build({
  entryPoints: { main: 'src/hosts/obsidian/main.ts', styles: 'styles/obsidian.css' },
  outdir: obsidianFolder,
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'cjs',
  // The oldest installer that runs today's Obsidian, and the web view of iOS 16.
  target: ['chrome120', 'safari16.4'],
  external: ['obsidian', '@codemirror/*'],
  alias: {
    // The ollama package brings a fetch for browsers that have none.
    'whatwg-fetch': './scripts/empty.mjs',
    entities: './src/hosts/obsidian/entities.ts',
  },
  charset: 'utf8',
  plugins: [inlineWorker()],
  logLevel: 'warning',
});
copyFileSync('manifest.json', `${obsidianFolder}/manifest.json`);
