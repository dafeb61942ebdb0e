// Measures what the project promises of its speed, as ratios within one run: node scripts/bench.mjs [--short]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const run = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
process.exit(
  run('esbuild.config.mjs') || run('--import', 'tsx', 'test/bench/bench.ts', ...process.argv.slice(2)),
);
