// Type-checks every project, and reports the errors of all of them.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { projects } from './projects.mjs';

const failed = projects.filter(
  (project) =>
    spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' })
      .status !== 0,
);
process.exitCode = failed.length === 0 ? 0 : 1;
