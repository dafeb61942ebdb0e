import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds. The first command may have to start the app. */
const TIME_LIMIT = 60_000;

/** Obsidian's own command line, for one vault: https://help.obsidian.md/cli */
export interface ObsidianCli {
  /**
   * Runs a command and gives what it prints.
   * @param args flags, and parameters as `name=value`
   * @throws Error where it exits with anything but 0 or takes too long
   */
  run(command: string, ...args: string[]): Promise<string>;
  /**
   * Evaluates JavaScript in the app. What it gives is not waited for: versions differ in whether they do.
   * @throws Error where the code throws
   */
  evaluate(code: string): Promise<string>;
}

/** @returns the path of the command `obsidian`, or null */
export function findObsidian(path: string): string | null {
  const files = path.split(delimiter).map((folder) => join(folder, 'obsidian'));
  return files.find(isExecutable) ?? null;
}

/** @param vault its name; the command line ignores it unless it comes first */
export function createObsidianCli(executable: string, vault: string): ObsidianCli {
  const run: ObsidianCli['run'] = async (command, ...args) => {
    const { stdout } = await promisify(execFile)(executable, [`vault=${vault}`, command, ...args], {
      timeout: TIME_LIMIT,
    });
    return stdout.trim();
  };
  return { run, evaluate: async (code) => parseEvaluated(await run('eval', `code=${code}`)) };
}

/**
 * The result in what `eval` prints: after `=>`.
 * @throws Error where there is none, with what is printed instead
 */
export function parseEvaluated(output: string): string {
  const result = /^=>(.*)/ms.exec(output)?.[1];
  if (result === undefined) throw new Error(`obsidian eval answered: ${output || 'nothing'}`);
  return result.trim();
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
