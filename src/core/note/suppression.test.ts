import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { createSuppression, suppress } from './suppression.ts';

function suppressed(markdown: string): string[] {
  const isSuppressed = createSuppression(markdown);
  return findImages(markdown)
    .filter((embed) => isSuppressed(embed))
    .map(({ target }) => target);
}

test('applies a comment to the images of its line or of the next line only', () => {
  assert.deepEqual(
    suppressed('<!-- notesight-disable-next-line -->\n![](a.png) ![](b.png)\n\n![](c.png)\n'),
    ['a.png', 'b.png'],
  );
  assert.deepEqual(suppressed('![](a.png)\n![](b.png) <!-- notesight-disable-line -->\n![](c.png)'), [
    'b.png',
  ]);
  assert.deepEqual(suppressed('{/* notesight-disable-next-line */}\r\n![](a.png)'), ['a.png']);
  assert.deepEqual(suppressed('<!-- notesight-disable-next-line -->\n\n![](a.png)'), []);
  assert.deepEqual(suppressed('notesight-disable-next-line\n![](a.png)'), []);
});

test('adds the comment where it changes no other block', () => {
  const cases = [
    ['![](a.png)\n', '<!-- notesight-disable-next-line -->\n![](a.png)\n'],
    ['x\r\n\r\n![](a.png)', 'x\r\n\r\n<!-- notesight-disable-next-line -->\r\n![](a.png)'],
    ['x\n![](a.png) y\n', 'x\n![](a.png) <!-- notesight-disable-line --> y\n'],
    ['- ![](a.png)\n', '- ![](a.png) <!-- notesight-disable-line -->\n'],
    ['| x |\n|---|\n| ![[a.png]] |\n', '| x |\n|---|\n| ![[a.png]] <!-- notesight-disable-line --> |\n'],
  ] as const;
  for (const [note, expected] of cases) {
    const [embed] = findImages(note);
    assert.ok(embed);
    const after = applyEdits(note, [suppress('note.md', note, embed)]);
    assert.equal(after, expected);
    assert.deepEqual(suppressed(after), ['a.png']);
  }
  const [embed] = findImages('![](a.png)');
  assert.ok(embed);
  assert.equal(suppress('a.mdx', '![](a.png)', embed).insert, '{/* notesight-disable-next-line */}\n');
});
