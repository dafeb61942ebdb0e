import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds. The first command may have to start the app. */
const TIME_LIMIT = 60_000;

/** Obsidian's own command line, for one vault: https://help.obsidian.md/cli */
export interface ObsidianCli {
  /**
   * Runs a command and returns its output.
   * @param args flags, and parameters as `name=value`
   * @throws Error if the exit code is not 0 or it takes too long
   */
  run(command: string, ...args: string[]): Promise<string>;
  /**
   * Evaluates JavaScript in the app. A returned promise is not awaited, because versions differ in this.
   * @throws Error if the code throws
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
 * The result in the output of `eval`: the text after `=>`.
 * @throws Error if there is none, with the output
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
