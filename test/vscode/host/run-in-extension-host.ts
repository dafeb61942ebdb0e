import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../../browser/launch-chromium.ts';
import { collectLog } from './collect-log.ts';
import { keepFailure } from './keep-failure.ts';
import { QUIET_NETWORK } from './quiet-network.ts';
import { startVscode, type StartOptions } from './start-vscode.ts';
import { workbenchUrl } from './workbench-url.ts';

export interface SuiteOptions extends StartOptions {
  /** Absolute path of the open folder. */
  readonly workspace: string;
  /** Paths of TypeScript test files, which use Mocha's globals and import `vscode`. */
  readonly files: readonly string[];
  /** Milliseconds per test. Default: 20 s. */
  readonly timeout?: number;
}

export interface SuiteResult {
  readonly title: string;
  /** Why it failed. */
  readonly error: string | null;
}

/** The input of the runner in the extension host. */
export interface SuitePlan {
  /** Path of the module. */
  readonly mocha: string;
  readonly files: readonly string[];
  readonly timeout: number;
}

const EXTENSION = {
  name: 'suite',
  publisher: 'notesight-test',
  version: '1.0.0',
  engines: { vscode: '^1.99.0' },
};

/** Milliseconds for all files. */
const PATIENCE = 240_000;

/** Runs Mocha in the extension host of a new VS Code. */
export async function runInExtensionHost(options: SuiteOptions): Promise<SuiteResult[]> {
  const { workspace } = options;
  const vscode = await startVscode({ ...options, forTests: true });
  const browser = await launchChromium(QUIET_NETWORK).catch(async (error: unknown) => {
    await vscode.stop();
    throw error;
  });
  const log = collectLog(browser.context);
  try {
    const folder = await bundle(vscode.folder, options);
    const page = await browser.context.newPage();
    const ended = new Promise<void>((resolve, reject) => {
      setTimeout(() => {
        reject(new Error(`The tests in the extension host took longer than ${PATIENCE} ms.`));
      }, PATIENCE).unref();
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
      log.push(`extension host, ${type}: ${args.map(String).join(' ')}`);
    });
    const url = workbenchUrl(vscode.origin, {
      workspace,
      tests: join(folder, 'run-mocha.cjs'),
    });
    await page.goto(url, { waitUntil: 'commit' });
    await ended;
    const results = join(folder, 'results.json');
    // The runner itself failed; its output is in the log.
    if (!existsSync(results)) throw new Error(`The tests did not run:\n${log.slice(-20).join('\n')}`);
    return JSON.parse(readFileSync(results, 'utf8')) as SuiteResult[];
  } catch (error) {
    await keepFailure('extension host', { context: browser.context, log, vscode });
    throw error;
  } finally {
    await browser.close();
    await vscode.stop();
  }
}

async function bundle(parent: string, { files, timeout = 20_000 }: SuiteOptions): Promise<string> {
  const folder = mkdtempSync(join(parent, 'suite-'));
  const runner = fileURLToPath(new URL('run-mocha.ts', import.meta.url));
  await build({
    entryPoints: [runner, ...files],
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const plan: SuitePlan = {
    mocha: fileURLToPath(import.meta.resolve('mocha')),
    files: files.map((file) => join(folder, basename(file).replace(/\.ts$/, '.cjs'))),
    timeout,
  };
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(EXTENSION));
  return folder;
}
