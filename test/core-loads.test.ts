import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';

const core = fileURLToPath(new URL('../src/core/', import.meta.url));

/** The globals shared by windows, workers and Node: no `process`, no `Buffer`, no `document`. */
const WEB = {
  ...{ AbortController, AbortSignal, DOMException, Headers, ReadableStream, Request, Response },
  ...{ TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa, crypto },
  ...{ clearTimeout, queueMicrotask, setTimeout, structuredClone },
};

test('loads and runs every core module without Node or a document', async () => {
  const modules = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => `./${name.replaceAll('\\', '/')}`);
  assert.ok(modules.length > 50, `${modules.length} modules`);
  const { outputFiles } = await build({
    stdin: {
      contents: modules.map((name) => `export * from ${JSON.stringify(name)};`).join('\n'),
      resolveDir: core,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    // On this platform, importing a Node module is an error.
    platform: 'browser',
    format: 'iife',
    globalName: 'core',
  });
  const context = createContext({ ...WEB });
  runInContext(outputFiles[0]?.text ?? '', context, { timeout: 10_000 });
  const found: unknown = runInContext(
    'JSON.stringify(core.findImages("![[a.png]]").map((e) => e.target))',
    context,
  );
  assert.equal(found, '["a.png"]');
});
