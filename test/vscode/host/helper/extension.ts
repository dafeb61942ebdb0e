import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { runInThisContext } from 'node:vm';
import * as vscode from 'vscode';
import { socketPath } from '../socket-path.ts';

interface Asked {
  readonly source: string;
  readonly args: readonly unknown[];
}

type Run = (api: typeof vscode, ...args: readonly unknown[]) => unknown;

/** Runs code sent by a test in another process through a socket. */
export function activate(context: vscode.ExtensionContext): void {
  const { workspaceFile, workspaceFolders: [folder] = [] } = vscode.workspace;
  const sockets = process.env['NOTESIGHT_TEST_SOCKETS'];
  const opened = workspaceFile ?? folder?.uri;
  if (sockets === undefined || opened === undefined) return;
  const socket = socketPath(sockets, opened.fsPath);
  rmSync(socket, { force: true });
  const server = createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify({ value })),
      (error: unknown) =>
        response.end(JSON.stringify({ error: error instanceof Error ? error.stack : String(error) })),
    );
  });
  server.listen(socket);
  context.subscriptions.push({ dispose: () => server.close() });
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const { source, args } = JSON.parse(await text(request)) as Asked;
  // The compiler of the tests wraps named functions in a call to this name.
  const make = runInThisContext(`(__name) => (${source})`) as (name: (value: unknown) => unknown) => Run;
  return await make((value) => value)(vscode, ...args);
}
