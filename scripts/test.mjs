// Runs the tests, all of them or the files named: node scripts/test.mjs [FILE …]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

const root = fileURLToPath(new URL('../', import.meta.url));
const all = () =>
  ['src', 'test'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`)
      .sort(),
  );
const files = process.argv.length > 2 ? process.argv.slice(2) : all();
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--import', './test/seed.mjs', '--test', ...files],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
