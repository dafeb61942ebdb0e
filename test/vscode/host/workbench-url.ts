import { dirname, resolve } from 'node:path';
import type { OpenOptions } from './open-workbench.ts';

interface Opened extends OpenOptions {
  /** Path of a script, in an extension's folder, that runs in the extension host instead of a user session. */
  readonly tests?: string;
}

/** The address of a window with these items open. */
export function workbenchUrl(origin: string, { workspace, file, tests }: Opened): string {
  const remote = `vscode-remote://${new URL(origin).host}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(tests === undefined
      ? []
      : [
          // Tests run only if an extension is loaded from a folder.
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

/** The folder that paths are relative to. */
export function baseOf(workspace: string): string {
  return isWorkspaceFile(workspace) ? dirname(workspace) : workspace;
}

function isWorkspaceFile(path: string): boolean {
  return path.endsWith('.code-workspace');
}
