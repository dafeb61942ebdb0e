// Builds the Obsidian plugin and serves a page to try it on, with the samples: node scripts/playground.mjs [--port N]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

if (run('esbuild.config.mjs') !== 0) process.exit(1);
if (!existsSync(`${root}dist/obsidian/main.js`)) {
  console.error("Can't open the playground: the build did not create dist/obsidian/main.js.");
  process.exit(1);
}
process.exit(run('--import', 'tsx', 'test/obsidian/playground.ts', ...process.argv.slice(2)));
