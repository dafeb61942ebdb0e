// The main job on the samples: builds, copies samples/vault to a scratch folder, captions the copy.
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const copy = '.scratch/vault';

const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (run('esbuild.config.mjs') !== 0) process.exit(1);
rmSync(`${root}${copy}`, { recursive: true, force: true });
cpSync(`${root}samples/vault`, `${root}${copy}`, { recursive: true });

console.error(`Generating alt text in a copy of samples/vault: notesight caption ${copy} --write\n`);
const status = run('dist/notesight.js', 'caption', copy, '--write', ...process.argv.slice(2));
// Some samples are broken on purpose, so failures are expected.
if (status > 1) process.exit(status);
console.error(`
The notes with alt text are in ${copy}. Try:
  node dist/notesight.js images ${copy}      list all embedded images
  node dist/notesight.js check ${copy}       find images that still need alt text
  node dist/notesight.js undo --vault ${copy}    undo the batch`);
