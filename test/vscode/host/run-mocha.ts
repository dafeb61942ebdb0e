import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Mocha from 'mocha';
import type { SuitePlan, SuiteResult } from './run-in-extension-host.ts';

/** Called by VS Code in its extension host instead of showing a window to a user. */
export async function run(): Promise<void> {
  const plan = JSON.parse(readFileSync(join(__dirname, 'plan.json'), 'utf8')) as SuitePlan;
  const module = (await import(pathToFileURL(plan.mocha).href)) as { default: typeof Mocha };
  const mocha = new module.default({ ui: 'bdd', color: false, timeout: plan.timeout });
  for (const file of plan.files) mocha.addFile(file);
  const results: SuiteResult[] = [];
  await new Promise<void>((resolve) => {
    // The silent reporter, because the parent process reports.
    const runner = mocha.reporter(module.default.reporters.Base).run(() => {
      resolve();
    });
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), error: null }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), error: error.stack ?? error.message }),
    );
  });
  writeFileSync(join(__dirname, 'results.json'), JSON.stringify(results));
}
