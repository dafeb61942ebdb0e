import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { serveFiles, type FileServer } from './serve-files.ts';

const IMAGE = readFileSync(new URL('../fixtures/text-en.png', import.meta.url));
const style = (name: string) => readFileSync(new URL(`../../styles/${name}.css`, import.meta.url), 'utf8');

/** The parts of a test page. */
export interface Page {
  readonly title: string;
  /** Its script, next to this file. */
  readonly script: string;
  /** Its files from `styles/`, in order. */
  readonly styles: readonly string[];
  /** Its body, with additional styles. */
  readonly body: string;
}

/** Serves a page with its script and styles, the panel's `rich-text.js`, and the same image for every path under `/images/`. */
export async function servePage({ title, script, styles, body }: Page): Promise<FileServer> {
  const bundle = await build({
    entryPoints: [new URL(script, import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
  });
  const richText = await build({
    entryPoints: [new URL('../../src/hosts/vscode/webview/rich-text.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    banner: { js: 'globalThis.Prism={manual:true};' },
  });
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
${body}<script src="/page.js"></script></html>`;
  const files = new Map([
    ['/', { type: 'text/html', body: page }],
    ['/page.js', { type: 'text/javascript', body: bundle.outputFiles[0]?.text ?? '' }],
    ['/rich-text.js', { type: 'text/javascript', body: richText.outputFiles[0]?.text ?? '' }],
    ['/page.css', { type: 'text/css', body: styles.map(style).join('') }],
  ]);
  return serveFiles((path) =>
    path.startsWith('/images/') ? { type: 'image/png', body: IMAGE } : (files.get(path) ?? null),
  );
}
