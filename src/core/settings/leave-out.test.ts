import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLeaveOut } from './leave-out.ts';

test('folders and globs are left out as a .gitignore has it', () => {
  const leavesOut = createLeaveOut(['Private/', '/Templates', '*.excalidraw.md', '!Private/', 'Дневник/']);
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

test('without a pattern nothing is left out', () => {
  assert.equal(createLeaveOut([])('a.md'), false);
});
