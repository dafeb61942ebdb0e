import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listImages } from '../note/list-images.ts';
import { createVaultIndex } from '../note/resolve-image.ts';
import { imageDocuments } from './image-documents.ts';
import { uncaptioned } from './uncaptioned.ts';

const index = createVaultIndex(['a.png', 'img/b.png']);

test('makes a document of each embed, with its own alt text before the generated one', () => {
  const markdown = '# Trip\n\nBefore ![[a.png|Mine]] after.\n\n![image](img/b.png) ![](missing.png)\n';
  const description = { alt: 'Told', description: 'More.', text: 'Sign', tags: ['t'] };
  const documents = imageDocuments('n.md', markdown, index, (file) =>
    file === 'missing.png' ? undefined : description,
  );
  assert.deepEqual(
    documents.map(({ file, alt, from, isDescribed }) => [file, alt, from, isDescribed]),
    [
      ['a.png', 'Mine', markdown.indexOf('![[a'), true],
      ['img/b.png', 'Told', markdown.indexOf('![image'), true],
    ],
  );
  assert.deepEqual(documents.map(({ noteTitle, before, after }) => [noteTitle, before, after])[0], [
    'Trip',
    'Trip Before',
    'after.',
  ]);
});

test('groups images without alt text by folder and note', () => {
  const notes = [
    ['z.md', '![[a.png]] ![[a.png|has words]] ![](https://web.test/x.png)'],
    ['sub/deep/n.md', '![[a.png]] ![[b.png]]'],
    ['sub/deep/done.md', '![[a.png|words]]'],
    ['sub/m.md', '![](missing.png)'],
  ] as const;
  const listed = notes.map(([note, markdown]) => ({ note, listed: listImages(note, markdown, index) }));
  const needsAltText = ({ altProblem }: { readonly altProblem: string | null }) => altProblem !== null;
  assert.deepEqual(uncaptioned(listed, needsAltText, false), [
    { folder: '', notes: [{ note: 'z.md', images: 1 }] },
    { folder: 'sub/deep', notes: [{ note: 'sub/deep/n.md', images: 2 }] },
  ]);
  assert.equal(uncaptioned(listed, needsAltText, true)[0]?.notes[0]?.images, 2);
});
