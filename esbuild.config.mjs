// Builds what ships: the command line (dist/notesight.js), the extension for VS Code (dist/vscode), the recognizers of both
// (dist/recognizers), the plugin for Obsidian (dist/obsidian), and the recognizer packs that both editors can download (dist/packs).
import { copyFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildCli } from './scripts/build-cli.mjs';
import {
  buildNodePack,
  buildRecognizerPack,
  inlinePackFacts,
  NODE_PACK_NAME,
  PACK_NAME,
  writePack,
} from './scripts/build-recognizer-pack.mjs';
import { buildRecognizers } from './scripts/build-recognizers.mjs';
import { inlineWorker } from './scripts/inline-worker.mjs';
import { markedLexer } from './scripts/marked-lexer.mjs';
import { NODE_BUNDLE } from './scripts/node-bundle.mjs';
import { OBSIDIAN_TARGET } from './scripts/obsidian-target.mjs';
import { releaseFile, REPOSITORY } from './scripts/repository.mjs';

const { values } = parseArgs({
  options: {
    /** Only the plugin is built, into this folder. */
    obsidian: { type: 'string' },
    /** For a release: the editors offer to download their recognizer packs from there. */
    release: { type: 'boolean', default: false },
    /** Where else the plugin's recognizer pack can be downloaded. */
    'pack-address': { type: 'string' },
  },
});
const { obsidian: obsidianFolder = 'dist/obsidian', release } = values;
const packAddress = values['pack-address'] ?? (release ? releaseFile(PACK_NAME) : null);
const onlyObsidian = values.obsidian !== undefined;

if (!onlyObsidian) {
  await buildCli('dist');

  await buildRecognizers();
  const nodePack = buildNodePack(release ? releaseFile(NODE_PACK_NAME) : null);
  writePack(NODE_PACK_NAME, nodePack);
  await build({
    entryPoints: { extension: 'src/hosts/vscode/extension.ts' },
    ...NODE_BUNDLE,
    outdir: 'dist/vscode',
    external: ['vscode', 'sharp', 'tesseract.js', 'heic-decode'],
    // What is bundled as CommonJS has no address of its own.
    define: {
      'import.meta.url': 'moduleUrl',
      DOCS_ADDRESS: JSON.stringify(`${REPOSITORY}/blob/main/docs/`),
    },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [inlinePackFacts(nodePack.facts), markedLexer()],
  });

  await build({
    entryPoints: {
      chat: 'src/hosts/vscode/webview/chat.ts',
      'chat-style': 'styles/vscode.css',
      review: 'src/hosts/vscode/webview/review.ts',
      'review-style': 'styles/vscode-review.css',
      summary: 'src/hosts/vscode/webview/summary.ts',
      'summary-style': 'styles/vscode-summary.css',
    },
    plugins: [markedLexer()],
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
  // A module, because the panel imports it on first use.
  await build({
    entryPoints: ['src/hosts/vscode/webview/rich-text.ts'],
    outdir: 'dist/vscode/webview',
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'chrome128',
    charset: 'utf8',
    logLevel: 'warning',
    // Prism would otherwise color the whole page on its own.
    banner: { js: 'globalThis.Prism={manual:true};' },
  });
}

const pack = await buildRecognizerPack(packAddress);
if (!onlyObsidian) writePack(PACK_NAME, pack);

await build({
  entryPoints: { main: 'src/hosts/obsidian/main.ts', styles: 'styles/obsidian.css' },
  outdir: obsidianFolder,
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'cjs',
  target: OBSIDIAN_TARGET,
  external: ['obsidian', '@codemirror/*'],
  alias: {
    // The ollama package brings a fetch for browsers that have none.
    'whatwg-fetch': './scripts/empty.mjs',
    entities: './src/hosts/obsidian/entities.ts',
  },
  charset: 'utf8',
  plugins: [inlineWorker(), inlinePackFacts(pack.facts), markedLexer()],
  logLevel: 'warning',
});
copyFileSync('manifest.json', `${obsidianFolder}/manifest.json`);
