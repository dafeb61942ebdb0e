import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { ProxyAnswer, ProxyRequest } from './proxy.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Bytes; more than a base64-encoded image needs. */
const BODY_LIMIT = 64 * 1024 * 1024;
const ASK_LIMIT_MS = 60_000;

/** Its MIME type and content. */
export type Page = readonly [type: string, body: string | Buffer];

export interface PageServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the Obsidian model on 127.0.0.1, and forwards the page's `requestUrl` calls to servers on this machine only.
 * @param port 0 for any free port
 * @param more additional pages by path
 */
export async function servePage(
  port: number,
  more: Readonly<Record<string, Page>> = {},
): Promise<PageServer> {
  const host = (name: string): string => fileURLToPath(new URL(`./host/${name}`, import.meta.url));
  const [hostJs, html, css] = await Promise.all([
    bundled(host('boot.ts')),
    readFile(host('index.html')),
    readFile(host('host.css')),
  ]);
  const pages = new Map<string, Page>([
    ['/', ['text/html', html]],
    ['/host.js', ['text/javascript', hostJs]],
    ['/host.css', ['text/css', css]],
    ...Object.entries(more),
  ]);
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    if (page !== undefined)
      response.writeHead(200, { 'content-type': `${page[0]}; charset=utf-8` }).end(page[1]);
    else if (request.url === '/proxy' && request.method === 'POST') void answerProxy(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: portOf(server), close: () => closed(server) };
}

/** Bundles a single copy of CodeMirror's state and view: objects of two copies silently don't work together. */
async function bundled(entry: string): Promise<string> {
  const single = (name: string): string => fileURLToPath(import.meta.resolve(name));
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome120',
    alias: Object.fromEntries(['@codemirror/state', '@codemirror/view'].map((name) => [name, single(name)])),
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

async function answerProxy(request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A page of another site may be open in the same browser as the playground.
  const { origin, host } = request.headers;
  if (origin !== `http://${host ?? ''}`) {
    response.writeHead(403).end();
    return;
  }
  const answer = await asked(request).catch((error: unknown): ProxyAnswer => ({ error: String(error) }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

async function asked(request: IncomingMessage): Promise<ProxyAnswer> {
  const { url, method, headers, base64 } = JSON.parse(await bodyOf(request)) as ProxyRequest;
  const { hostname } = new URL(url);
  if (!LOOPBACK.test(hostname)) return { error: `Only this machine may be asked, not ${hostname}.` };
  const answer = await fetch(url, {
    method,
    headers,
    body: base64 === null ? null : Buffer.from(base64, 'base64'),
    redirect: 'error',
    signal: AbortSignal.timeout(ASK_LIMIT_MS),
  }).catch(() => null);
  if (answer === null) return { error: 'net::ERR_CONNECTION_REFUSED' };
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    base64: bytes.toString('base64'),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) throw new Error('The request is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => {
      resolve();
    });
  });
}
