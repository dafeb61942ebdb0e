import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { atMost } from './at-most.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';

/** Megabytes, mostly sharp and the OCR recognizer with their data. */
const PACKAGE_AIM = 40;

/** The VS Code extension, from its file to the end of `activate`, and its package, if one was built. */
export function benchActivating(short: boolean): Promise<Row[]> {
  const times: number[] = [];
  for (let run = 0; run < (short ? 7 : 31); run++) {
    const { stdout, stderr } = spawnSync(process.execPath, ['test/bench/activate-extension.cjs'], {
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(`The extension was not activated: ${stderr}`);
    const { time, loaded } = JSON.parse(stdout) as { time: number; loaded: readonly string[] };
    if (loaded.length > 0) throw new Error(`Loaded before it is needed: ${loaded.join(', ')}`);
    times.push(time);
  }
  const rows = [
    atMost('extension: extension.cjs', statSync('dist/vscode/extension.cjs').size / 1000, 'kB', 560),
    atMost('extension: load and activate', median(times), 'ms', 50),
  ];
  for (const name of readdirSync('dist').filter((each) => each.endsWith('.vsix'))) {
    rows.push(atMost(`extension: ${name}`, statSync(join('dist', name)).size / 1e6, 'MB', PACKAGE_AIM));
  }
  return Promise.resolve(rows);
}
