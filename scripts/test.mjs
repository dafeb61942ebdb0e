// Runs all tests, or those in the given files and folders: node scripts/test.mjs [FILE|FOLDER …]
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { buildRecognizers } from './build-recognizers.mjs';
import { findChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.mjs';
import { runEndToEndFiles, runTestFiles } from './run-test-files.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
/** @param {readonly string[]} folders */
const testsIn = (folders) =>
  folders.flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      // These need a VS Code: `npm run test:vscode`.
      .filter((name) => !/^test\/vscode\/(?:suite\/|.*\.e2e\.)/.test(name))
      .sort(),
  );
const BROWSER = /^test\/browser\/|^test\/obsidian\/(?:host\.|.*\.e2e\.)/;

const named = process.argv.slice(2);
const files =
  named.length === 0
    ? runnable(testsIn(['src', 'test']))
    : named.flatMap((path) =>
        statSync(resolve(root, path)).isDirectory() ? runnable(testsIn([path])) : [path],
      );
/** @param {string[]} files */
function runnable(files) {
  if (findChromium() !== null) return files;
  console.log(`Chromium not found on the PATH. Skipping browser tests; to run them, ${HOW_TO_GET_CHROMIUM}.`);
  return files.filter((file) => !BROWSER.test(file));
}

await buildRecognizers();
// Unit tests share the processors; those that start browsers, servers and processes have them for themselves.
const isUnit = (/** @type {string} */ file) => file.startsWith('src/');
const passed = [
  runTestFiles(files.filter(isUnit), { options: [`--test-concurrency=${availableParallelism()}`] }),
  runEndToEndFiles(files.filter((file) => !isUnit(file))),
];
process.exit(passed.every(Boolean) ? 0 : 1);
