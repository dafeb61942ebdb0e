// Runs test files with Node's test runner.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const PRELOADED = ['--import', 'tsx', '--import', './test/seed.mjs'];

/**
 * @param {readonly string[]} files
 * @param {{ options?: readonly string[], env?: Readonly<Record<string, string>> }} [settings] `options` of `node --test`
 * @returns {boolean} whether all tests passed
 */
export function runTestFiles(files, { options = [], env = {} } = {}) {
  if (files.length === 0) return true;
  const { status } = spawnSync(process.execPath, [...PRELOADED, '--test', ...options, ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/**
 * Runs files that start browsers, editors, and servers, one after the other. On a busy machine such a test can miss its
 * time limit, so a file that fails is run once more; that it needed this is printed.
 * @param {readonly string[]} files
 * @param {Parameters<typeof runTestFiles>[1]} [settings]
 * @returns {boolean} whether every file passed, at the latest the second time
 */
export function runEndToEndFiles(files, settings) {
  const failed = files.filter((file) => !runTestFiles([file], settings));
  const failedTwice = failed.filter((file) => {
    console.log(`Running ${file} once more, because it failed.`);
    return !runTestFiles([file], settings);
  });
  for (const file of failed)
    console.log(`${failedTwice.includes(file) ? 'Failed twice' : 'Passed only the second time'}: ${file}`);
  return failedTwice.length === 0;
}
