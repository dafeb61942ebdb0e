// Runs the main cases in a real Obsidian, in a vault to throw away: node scripts/e2e-obsidian.mjs FOLDER
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'test/e2e/e2e-obsidian.ts', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
