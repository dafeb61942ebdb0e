import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchChromium } from '../browser/launch-chromium.ts';
import type { HostApi } from './host/boot.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/host.css"><link rel="stylesheet" href="/styles.css">
<body class="theme-light"><div class="ribbon"></div><div class="workspace"></div><div class="status-bar"></div><div class="notices"></div>
<script src="/host.js"></script>`;

export interface OpenOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly binaries?: Readonly<Record<string, Buffer>>;
  readonly note: string;
  /** `data.json` of the plugin. */
  readonly data?: object | null;
  /** The address of the Ollama server, as it is typed into the settings. */
  readonly server: string;
  readonly language?: string;
  /** Whether the page comes from an origin that Ollama refuses. */
  readonly foreign?: boolean;
}

/** A page with an Obsidian of ours, one vault, and the plugin that ships. */
export interface Obsidian {
  readonly page: Page;
  /** Errors that nobody caught. */
  readonly errors: readonly string[];
  readonly call: <Name extends keyof HostApi>(
    name: Name,
    ...args: Parameters<HostApi[Name]>
  ) => Promise<Awaited<ReturnType<HostApi[Name]>>>;
  /** A trusted Ctrl+V of an image from the real clipboard. */
  readonly pasteImage: (png: Buffer) => Promise<void>;
  /** Waits until the open note holds a text. */
  readonly untilText: (pattern: RegExp) => Promise<string>;
}

export interface Harness {
  open(options: OpenOptions): Promise<Obsidian>;
  close(): Promise<void>;
}

/** @param outdir where the plugin was built */
export async function startHarness(outdir: string): Promise<Harness> {
  const hostJs = await bundleHost();
  const read = (name: string) => readFileSync(`${outdir}/${name}`, 'utf8');
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', PAGE],
    '/host.js': ['text/javascript', hostJs],
    '/host.css': ['text/css', readFileSync(`${root}test/obsidian/host/host.css`, 'utf8')],
    '/styles.css': ['text/css', read('styles.css')],
  };
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/request?')) void forward(request, response);
    else {
      const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
      response.writeHead(200, { 'content-type': type }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const foreign = `http://obsidian.test:${port}`;
  const browser = await launchChromium([
    '--host-resolver-rules=MAP obsidian.test 127.0.0.1',
    `--unsafely-treat-insecure-origin-as-secure=${foreign}`,
  ]);
  await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);

  return {
    async open({ binaries = {}, data = {}, language = 'en', ...options }) {
      const page = await browser.context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(options.foreign === true ? foreign : `http://127.0.0.1:${port}`);
      const call: Obsidian['call'] = (name, ...args) =>
        page.evaluate(([method, given]) => (obsidianHost[method] as (...all: unknown[]) => never)(...given), [
          name,
          args,
        ] as const);
      await call('boot', {
        ...options,
        data,
        language,
        binaries: Object.fromEntries(
          Object.entries(binaries).map(([path, bytes]) => [path, bytes.toString('base64')]),
        ),
        mainJs: read('main.js'),
        manifest: JSON.parse(read('manifest.json')) as { id: string },
      });
      return {
        page,
        errors,
        call,
        async pasteImage(png) {
          await page.evaluate(async (base64) => {
            const bytes = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
            await navigator.clipboard.write([
              new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) }),
            ]);
          }, png.toString('base64'));
          await page.keyboard.press('Control+v');
        },
        async untilText(pattern) {
          await page.waitForFunction(
            ([source, flags]) => new RegExp(source, flags).test(obsidianHost.editorText()),
            [pattern.source, pattern.flags] as const,
            { timeout: 15_000 },
          );
          return call('editorText');
        },
      };
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bundleHost(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}test/obsidian/host/boot.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    define: { global: 'window' },
    // Two copies would not know each other's extensions, and undo would silently do nothing.
    alias: {
      '@codemirror/state': `${root}node_modules/@codemirror/state`,
      '@codemirror/view': `${root}node_modules/@codemirror/view`,
    },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/** As Obsidian's main process: no origin is told, so no rule of origins applies. Loopback only. */
async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(new URL(request.url ?? '', 'http://page').searchParams.get('url') ?? '');
  if (url.hostname !== '127.0.0.1') throw new Error(`a test asks ${url.hostname}`);
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  try {
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(body.length > 0 && { body: Buffer.concat(body) }),
    });
    const type = answer.headers.get('content-type') ?? '';
    response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.writeHead(502).end();
  }
}
