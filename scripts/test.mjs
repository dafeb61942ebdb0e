// Runs the tests, all of them or the files named: node scripts/test.mjs [FILE …]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { buildExperts } from './build-experts.mjs';
import { findChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const all = () =>
  ['src', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`)
      // These need a VS Code: `npm run test:vscode`.
      .filter((name) => !/^test\/vscode\/(?:suite\/|.*\.e2e\.)/.test(name))
      .sort(),
  );
const BROWSER = /^test\/browser\/|^test\/obsidian\/(?:host\.|.*\.e2e\.)/;

const files = process.argv.length > 2 ? process.argv.slice(2) : runnable(all());
/** @param {string[]} files */
function runnable(files) {
  if (findChromium() !== null) return files;
  console.log(`No Chromium on the PATH, so the tests in a browser are left out: ${HOW_TO_GET_CHROMIUM}.`);
  return files.filter((file) => !BROWSER.test(file));
}

await buildExperts();
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--import', './test/seed.mjs', '--test', ...files],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
