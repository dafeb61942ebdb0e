import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderDocs } from '../scripts/build-docs.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const MAX_README_WORDS = 700;

const read = (page: string): string => readFileSync(join(root, page), 'utf8');
const markdownIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name).replaceAll('\\', '/'));
const pages = [...markdownIn('.'), ...markdownIn('docs'), ...markdownIn('docs/decisions')];

/** Links and images of a page, in Markdown and in HTML, without those in code. */
function targetsIn(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '``');
  return [...prose.matchAll(/\]\(<?([^)\s>]+)|\b(?:src|srcset|href)="([^"\s]+)/g)].map(
    ([, inMarkdown, inHtml]) => inMarkdown ?? inHtml ?? '',
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsIn(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

test('has current generated tables in the docs', async () => {
  for (const [name, text] of await renderDocs()) {
    assert.ok(text === read(`docs/${name}`), `docs/${name} is stale: run node scripts/build-docs.mjs`);
  }
});

test('links only to existing files and headings in the docs', () => {
  for (const page of pages) {
    for (const target of targetsIn(read(page))) {
      if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
      const [path = '', anchor] = decodeURIComponent(target).split('#');
      const file = path === '' ? page : join(dirname(page), path);
      assert.ok(existsSync(join(root, file)), `${page}: ${target} does not exist`);
      if (anchor === undefined || !file.endsWith('.md')) continue;
      assert.ok(anchorsIn(read(file)).includes(anchor), `${page}: ${target} has no such heading`);
    }
  }
});

test('names only existing paths in the developer docs', () => {
  for (const page of ['docs/architecture.md', 'CONTRIBUTING.md']) {
    const paths = read(page).matchAll(/`((?:src|test|scripts|samples|docs|\.github|\.ci)\/[^`*\s]+)`/g);
    for (const [, path = ''] of paths)
      assert.ok(existsSync(join(root, path)), `${page}: ${path} does not exist`);
  }
});

test('has valid YAML in the files for GitHub', async (t) => {
  // Only a dependency of dependencies.
  const name = 'yaml';
  const yaml = (await import(name).catch(() => null)) as { parse(text: string): unknown } | null;
  if (yaml === null) {
    t.skip('the package yaml is not installed');
    return;
  }
  const files = readdirSync(join(root, '.github'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((path) => path.endsWith('.yml'))) {
    assert.ok(typeof yaml.parse(read(join('.github', file))) === 'object', file);
  }
});

test('names only existing npm scripts in pages and workflows', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
  for (const page of [...pages, '.ci/run', '.github/workflows/ci.yml', '.github/workflows/release.yml']) {
    for (const [, script = ''] of read(page).matchAll(/\bnpm run ([\w:-]+)/g)) {
      assert.ok(script in scripts, `${page}: npm run ${script} does not exist`);
    }
  }
});

test('names the current version of the extension package in the pages', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  for (const page of pages) {
    for (const [, named] of read(page).matchAll(/notesight-(\d+\.\d+\.\d+)\.vsix/g))
      assert.equal(named, version, page);
  }
});

test('keeps the README short', () => {
  const words = read('README.md').split(/\s+/).filter(Boolean).length;
  assert.ok(words <= MAX_README_WORDS, `README.md has ${words} words of ${MAX_README_WORDS}`);
});
