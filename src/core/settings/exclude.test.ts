import * as fc from 'fast-check';
import ignore from 'ignore';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createExclude } from './exclude.ts';

test('excludes folders and globs like a .gitignore', () => {
  const leavesOut = createExclude(['Private/', '/Templates', '*.excalidraw.md', '!Private/', 'Дневник/']);
  const cases: [string, boolean][] = [
    ['Private/a.md', false],
    ['Дневник/2026/a.md', true],
    ['Templates/a.md', true],
    ['Work/Templates/a.md', false],
    ['Work/plan.excalidraw.md', true],
    ['Work/plan.md', false],
  ];
  for (const [path, left] of cases) assert.equal(leavesOut(path), left, path);
});

test('excludes nothing when there are no patterns', () => {
  assert.equal(createExclude([])('a.md'), false);
});

test('excludes the same paths as the package `ignore`', () => {
  const part = fc.constantFrom(
    'a',
    'b',
    'ab',
    'A',
    '*',
    '**',
    '?',
    'a*',
    '*.md',
    'a-b',
    'a-*',
    '[ab]',
    '[!a]',
    '[a-c]',
    '.x',
    '\\*',
    'й',
  );
  const pattern = fc
    .tuple(
      fc.constantFrom('', '!', '#'),
      fc.constantFrom('', '/'),
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '/', ' '),
    )
    .map(([mark, root, parts, end]) => mark + root + parts.join('/') + end)
    // To git `/**` matches everything, to the package nothing.
    .filter((line) => !/^!?\/\*\*/.test(line));
  const name = fc.constantFrom('a', 'b', 'ab', 'abc', 'x.md', 'a.md', '.x', '*', 'й', 'B');
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), path, (patterns, of) => {
      assert.equal(createExclude(patterns)(of), ignore().add(patterns).ignores(of));
    }),
    { numRuns: 2000 },
  );
});

test('excludes nothing when a pattern is invalid', () => {
  for (const pattern of ['', ' ', '/', '!', '#a', '[', '[z-a]', '[]', '\\', '(', '*'.repeat(500)]) {
    assert.equal(createExclude([pattern])('b/c.md'), pattern.startsWith('*'), pattern);
  }
});
