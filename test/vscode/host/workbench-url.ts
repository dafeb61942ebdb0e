import { dirname, resolve } from 'node:path';
import type { OpenOptions } from './open-workbench.ts';

interface Opened extends OpenOptions {
  /** Path of a script, in a folder of an extension, that runs in the extension host instead of a user. */
  readonly tests?: string;
}

/** The address of a window in which this is open. */
export function workbenchUrl(origin: string, { workspace, file, tests }: Opened): string {
  const remote = `vscode-remote://${new URL(origin).host}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(tests === undefined
      ? []
      : [
          // Tests run only where some extension is loaded from a folder.
          ['extensionDevelopmentPath', `${remote}${dirname(tests)}`],
          ['extensionTestsPath', `${remote}${tests}`],
        ]),
    ...(file === undefined ? [] : [['openFile', `${remote}${resolve(baseOf(workspace), file)}`]]),
  ];
  const url = new URL(origin);
  url.searchParams.set(isWorkspaceFile(workspace) ? 'workspace' : 'folder', workspace);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** The folder from which paths are meant. */
export function baseOf(workspace: string): string {
  return isWorkspaceFile(workspace) ? dirname(workspace) : workspace;
}

function isWorkspaceFile(path: string): boolean {
  return path.endsWith('.code-workspace');
}
