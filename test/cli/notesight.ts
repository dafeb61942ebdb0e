import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildCli } from '../../scripts/build-cli.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

const folder = join(root, 'dist', `.cli-${process.pid}`);
await buildCli(folder);
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});

/** The command line as it ships, built once for each file of tests. */
export const CLI = join(folder, 'notesight.js');

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Called with the standard error output so far, to stop the process at a given point. */
  readonly onStderr?: (text: string, stop: (signal: NodeJS.Signals) => void) => void;
}

/** Runs the command line, with an Ollama only if the test names one. */
export function notesight(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, OLLAMA_HOST: 'http://127.0.0.1:1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let stopped = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    // Only once: a second Ctrl-C has another meaning.
    options.onStderr?.(stderr, (signal) => {
      if (!stopped) stopped = child.kill(signal);
    });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** A separate folder for a test, removed afterwards. */
export function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'notesight-test-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A copy of a folder that a test may modify. */
export function copyOf(t: TestContext, folder: string): string {
  const copy = join(scratch(t), 'vault');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export const SAMPLES = join(root, 'samples/vault');

/** Every file outside hidden folders, by path, with its exact bytes. */
export function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const hidden = name.split(/[\\/]/).some((part) => part.startsWith('.'));
    if (!hidden && statSync(join(folder, name)).isFile())
      files.set(name, readFileSync(join(folder, name)).toString('latin1'));
  }
  return files;
}

/** The rows printed by `--json`, one object per line. */
export function rows(run: Run): Record<string, unknown>[] {
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
