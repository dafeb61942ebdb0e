// Builds what ships: the command line (dist/notesight.js), the extension for VS Code (dist/vscode), the experts of both
// (dist/experts) and the plugin for Obsidian (dist/obsidian).
import { copyFileSync } from 'node:fs';
import process from 'node:process';
import { build } from 'esbuild';
import { buildExperts } from './scripts/build-experts.mjs';
import { inlineWorker } from './scripts/inline-worker.mjs';

/** Loaded from node_modules: native code, workers and weights can't be bundled, and commander is no ES module. */
const external = ['sharp', 'tesseract.js', 'heic-decode', 'commander'];

/** With `--obsidian FOLDER` only the plugin is built, into that folder. */
const [flag, folder] = process.argv.slice(2);
const onlyObsidian = flag === '--obsidian' && folder !== undefined;
const obsidianFolder = onlyObsidian ? folder : 'dist/obsidian';

if (!onlyObsidian) {
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
    entryPoints: { extension: 'src/hosts/vscode/extension.ts' },
    outdir: 'dist/vscode',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'sharp', 'tesseract.js', 'heic-decode'],
    // What is bundled as CommonJS has no address of its own.
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    charset: 'utf8',
    logLevel: 'warning',
  });
  await buildExperts();

  await build({
    entryPoints: { chat: 'src/hosts/vscode/webview/chat.ts', 'chat-style': 'styles/vscode.css' },
    outdir: 'dist/vscode/webview',
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    alias: { entities: './src/hosts/obsidian/entities.ts' },
    charset: 'utf8',
    logLevel: 'warning',
  });
}

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
