// Builds the Obsidian plugin and takes its pictures for the README, docs/screenshots/*.png: node scripts/screenshots.mjs
// [NAME …]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
process.exit(
  run('esbuild.config.mjs') ||
    run('--import', 'tsx', 'test/obsidian/screenshots.ts', ...process.argv.slice(2)),
);
