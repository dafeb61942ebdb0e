// Tests the extension in a real VS Code: node scripts/test-vscode.mjs [--host current|oldest|all] [FILE …]
// A file is one of test/vscode: NAME.e2e.test.ts, or suite/NAME.test.ts, which runs in the extension host.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium, HOW_TO_GET_CHROMIUM } from './find-chromium.mjs';
import { runEndToEndFiles } from './run-test-files.mjs';
import { hostNames, vscodeHost } from './vscode-host.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
/** It defines the tests that are in suites. */
const SUITES = 'test/vscode/suites.e2e.test.ts';
/** It installs the package, which is made first. */
const PACKAGE = 'test/vscode/package.e2e.test.ts';
/**
 * What runs only in the current VS Code unless it is named: servers, models, messages, the package, and the test host
 * itself, which do not depend on the version of VS Code. The rest, with all suites, covers the API that the extension
 * uses.
 */
const CURRENT_ONLY = [
  'contrast',
  'detail',
  'host',
  'openai',
  'outcomes',
  'package',
  'paused',
  'read-only',
  'server',
  'tools',
];

const { values, positionals } = parseArgs({
  options: { host: { type: 'string', default: 'current' } },
  allowPositionals: true,
});
const hosts = hostNames.filter((name) => values.host === name || values.host === 'all');
if (hosts.length === 0) fail(`--host is one of ${[...hostNames, 'all'].join(', ')}`);
if (findChromium() === null) fail(`No Chromium on the PATH: ${HOW_TO_GET_CHROMIUM}.`);

const suites = positionals.filter((file) => file.includes('/suite/'));
const others = positionals.filter((file) => !suites.includes(file));
const files = positionals.length === 0 ? all() : suites.length === 0 ? others : [...others, SUITES];

for (const host of hosts) vscodeHost(host);
if (!run('esbuild.config.mjs')) process.exit(1);
if (files.includes(PACKAGE) && !run('scripts/package-vscode.mjs', '--target', 'linux-x64')) process.exit(1);
const failed = hosts.filter((host) => {
  console.log(`In VS Code ${vscodeHost(host).version}`);
  return !runEndToEndFiles(host === 'oldest' ? files.filter(isForOldest) : files, {
    options: ['--test-timeout=300000'],
    env: { NOTESIGHT_VSCODE: host, NOTESIGHT_VSCODE_SUITES: suites.join('\n') },
  });
});
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {string} file @returns {boolean} */
function isForOldest(file) {
  return positionals.length > 0 || !CURRENT_ONLY.some((name) => file.endsWith(`/${name}.e2e.test.ts`));
}

function all() {
  return readdirSync(`${root}test/vscode`, { recursive: true })
    .map((name) => `test/vscode/${name}`)
    .filter((name) => name.endsWith('.e2e.test.ts'))
    .sort();
}

/** @param {string[]} args @returns {boolean} whether it succeeded */
function run(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** @param {string} why @returns {never} */
function fail(why) {
  console.error(why);
  process.exit(2);
}
