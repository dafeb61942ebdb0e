import { request } from 'node:http';
import type * as Vscode from 'vscode';
import { until } from '../../e2e/until.ts';

/** The API available to a function in the extension host, besides its arguments. */
export type VscodeApi = typeof Vscode;

/** Runs a function in the extension host of a window. Arguments and results are JSON. */
export type InExtensionHost = <A extends readonly unknown[], R>(
  run: (vscode: VscodeApi, ...args: A) => R | PromiseLike<R>,
  ...args: A
) => Promise<R>;

/** Milliseconds. */
const PATIENCE = 30_000;

/**
 * The extension host of a window, available once the window has started it.
 * @param socket the socket of its helper
 */
export function inExtensionHost(socket: string): InExtensionHost {
  return async function inHost<A extends readonly unknown[], R>(
    run: (vscode: VscodeApi, ...args: A) => R | PromiseLike<R>,
    ...args: A
  ) {
    const body = JSON.stringify({ source: run.toString(), args });
    let answer = '';
    await until(
      'the extension host should answer',
      PATIENCE,
      async () => (answer = await ask(socket, body).catch(notYet)),
      (text) => text !== '',
    );
    const { value, error } = JSON.parse(answer) as { value: R; error?: string };
    if (error !== undefined) throw new Error(`In the extension host: ${error}`);
    return value;
  };
}

function ask(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({ socketPath, method: 'POST', timeout: PATIENCE }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve(text);
      });
    });
    asking.on('timeout', () => asking.destroy(new Error('The extension host does not answer.')));
    asking.on('error', reject);
    asking.end(body);
  });
}

/** The helper listens only after the window has loaded it. */
function notYet(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return '';
  throw error;
}
