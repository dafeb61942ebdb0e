import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const folder = new URL('../../styles/', import.meta.url);
const sheets = readdirSync(folder).map((name) => ({
  name,
  css: readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[^]*?\*\//g, ''),
}));

const COLOR =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|(?<![\w-])(?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple)(?![\w-])/i;

/** Removes `name(…)` with its contents. */
function without(name: string, css: string): string {
  const start = css.search(new RegExp(`(?<![\\w-])${name}\\(`));
  if (start < 0) return css;
  let end = css.indexOf('(', start) + 1;
  for (let depth = 1; depth > 0; end++) depth += { '(': 1, ')': -1 }[css[end] ?? ')'] ?? 0;
  return without(name, css.slice(0, start) + css.slice(end));
}

test("uses the theme's colors, with its own only as a fallback", () => {
  assert.ok(sheets.length > 0);
  for (const { name, css } of sheets) {
    // A mix is based on a theme color; the other color only shades it.
    for (const mix of css.match(/color-mix\([^;]*/g) ?? []) assert.match(mix, /var\(/, `${name}: ${mix}`);
    const own = without('color-mix', without('var', css));
    assert.doesNotMatch(own, COLOR, name);
  }
});

test('disables animations when reduced motion is requested', () => {
  for (const { name, css } of sheets) {
    const still = css.replace(
      /@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g,
      '',
    );
    assert.doesNotMatch(still, /\b(?:transition|animation|scroll-behavior)\b/, name);
  }
});

test('styles no element of the panels by a rule for the plugin', () => {
  const plugin = sheets.find(({ name }) => name === 'plugin.css')?.css ?? '';
  const selectors = [...plugin.matchAll(/([^{}]+)\{/g)].flatMap(([, list = '']) => list.split(','));
  const own = new Set(selectors.flatMap((each) => /^\s*\.(notesight-[\w-]+)/.exec(each)?.[1] ?? []));
  assert.ok(own.has('notesight-progress-bar'));
  const ui = new URL('../../src/ui/', import.meta.url);
  const used = readdirSync(ui, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap(
      (name) =>
        readFileSync(new URL(name.replaceAll('\\', '/'), ui), 'utf8').match(/notesight-[\w-]+/g) ?? [],
    );
  assert.deepEqual(
    [...new Set(used)].filter((name) => own.has(name)),
    [],
  );
});
