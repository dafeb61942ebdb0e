/**
 * Prints a table of the project's performance goals and writes it to bench.json. Each row is a ratio measured in one
 * run, so that it holds on any machine; `--short` measures with less data.
 */
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { benchActivating } from './activating.ts';
import { benchCaptioning } from './captioning.ts';
import { benchFinding } from './finding.ts';
import { benchFitting } from './fitting.ts';
import { benchLoading } from './loading.ts';
import { benchMeaning } from './meaning.ts';
import { benchRecognising } from './recognising.ts';
import { benchRequests } from './requests.ts';
import { benchScanning } from './scanning.ts';
import { benchScreens } from './screens.ts';
import { benchVault } from './vault.ts';

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The goal, as text. */
  readonly aim: string;
  readonly met: boolean;
}

const short = process.argv.includes('--short');
const rows: Row[] = [];
for (const bench of [
  benchScanning,
  benchFitting,
  benchCaptioning,
  benchRequests,
  benchVault,
  benchFinding,
  benchMeaning,
  benchRecognising,
  benchLoading,
  benchActivating,
  benchScreens,
]) {
  for (const row of await bench(short)) {
    rows.push(row);
    const value = `${row.value.toFixed(row.value >= 100 ? 0 : 2)} ${row.unit}`;
    console.log(`${row.what.padEnd(62)} ${value.padStart(14)}   aim ${row.aim}${row.met ? '' : '   MISSED'}`);
  }
}
writeFileSync('bench.json', `${JSON.stringify({ short, node: process.version, rows }, null, 2)}\n`);
