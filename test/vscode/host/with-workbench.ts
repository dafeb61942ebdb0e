import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launchChromium, type TestBrowser } from '../../browser/launch-chromium.ts';
import { until } from '../../e2e/until.ts';
import { collectLog } from './collect-log.ts';
import { keepFailure } from './keep-failure.ts';
import { openWorkbench, type OpenOptions, type Workbench } from './open-workbench.ts';
import { QUIET_NETWORK } from './quiet-network.ts';
import { startVscode, type RunningVscode, type StartOptions } from './start-vscode.ts';

export interface WithOptions extends StartOptions, Omit<OpenOptions, 'workspace'> {
  /** The files of the open folder, by relative path. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The file in it to open as a workspace. Default: the folder. */
  readonly workspaceFile?: string;
}

/** A window on a folder created only for these tests. */
export interface TestWorkbench extends Workbench {
  /** Absolute path of the open folder. */
  readonly workspace: string;
  readonly vscode: RunningVscode;
  /** The text of a file on disk. */
  readonly diskText: (path: string) => string;
  /** Waits until the file on disk has this text. */
  readonly waitForDisk: (path: string, text: string | RegExp) => Promise<void>;
}

/** Defines a test; if it fails, screenshots and logs are kept. */
export type Scenario = (title: string, run: (workbench: TestWorkbench) => Promise<void>) => void;

/** Milliseconds. */
const PATIENCE = 15_000;

/**
 * Defines tests that run one after the other in one window: opening a window takes seconds, an action in it tenths of
 * a second.
 */
export function withWorkbench(
  title: string,
  options: WithOptions,
  define: (scenario: Scenario) => void,
): void {
  describe(title, () => {
    let opened: Opened | undefined;
    before(async () => {
      opened = await open(title, options);
    });
    after(() => opened?.close());
    define((name, run) => {
      it(name, async () => {
        if (opened === undefined) throw new Error('No window is open.');
        try {
          await run(opened.workbench);
        } catch (error) {
          await opened.keep(`${title} ${name}`);
          throw error;
        }
      });
    });
  });
}

interface Opened {
  readonly workbench: TestWorkbench;
  readonly keep: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function open(title: string, options: WithOptions): Promise<Opened> {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'notesight-workspace-')));
  let vscode: RunningVscode | undefined;
  let browser: TestBrowser | undefined;
  const close = async () => {
    await browser?.close();
    await vscode?.stop();
    rmSync(workspace, { recursive: true, force: true });
  };
  try {
    write(workspace, options.files);
    const running = (vscode = await startVscode(options));
    const { context } = (browser = await launchChromium(QUIET_NETWORK));
    const log = collectLog(context);
    const keep = (name: string) => keepFailure(name, { context, log, vscode: running });
    try {
      const opened = join(workspace, options.workspaceFile ?? '');
      const window = await openWorkbench(browser, running, { ...options, workspace: opened });
      return { workbench: { ...window, ...onDisk(workspace), workspace, vscode: running }, keep, close };
    } catch (error) {
      await keep(title);
      throw error;
    }
  } catch (error) {
    await close();
    throw error;
  }
}

function write(root: string, files: WithOptions['files']): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function onDisk(workspace: string): Pick<TestWorkbench, 'diskText' | 'waitForDisk'> {
  const diskText = (path: string) => readFileSync(join(workspace, path), 'utf8');
  return {
    diskText,
    waitForDisk: (path, text) =>
      until(
        `${path} should hold ${String(text)}`,
        PATIENCE,
        () => {
          try {
            return diskText(path);
          } catch {
            return null; // It is not there yet.
          }
        },
        (now) => now !== null && (typeof text === 'string' ? now.includes(text) : text.test(now)),
      ),
  };
}
