import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImages } from './find-images.ts';
import { readContext } from './note-context.ts';

function read(markdown: string, path = 'notes/My note.md') {
  const embeds = findImages(markdown);
  const context = readContext(markdown, path, embeds);
  return { text: context.text, places: embeds.map((embed) => context.around(embed)) };
}

test('reads the title from the frontmatter, first heading or file name', () => {
  const title = (markdown: string) => read(`${markdown}\n![](a)`).places[0]?.noteTitle;
  assert.equal(title('---\ntags: [x]\ntitle: "My: title"\n---\n# Heading'), 'My: title');
  assert.equal(title("---\ntitle: 'It'\n---\n"), 'It');
  assert.equal(title('---\ntitle: Plain # comment\n---\n'), 'Plain');
  assert.equal(title('---\ntags: x\n---\n## Two\n# One *and* `code` &amp; more\n# Other'), 'One and & more');
  assert.equal(title('+++\ntags = ["x"]\ntitle = "My: title" # comment\n+++\n# Heading'), 'My: title');
  assert.equal(title("+++\ntitle = 'It'\n+++\n"), 'It');
  assert.equal(title('{\n  "title": "It",\n  "x": 1\n}\n'), 'It');
  assert.equal(title('Heading\n===='), 'Heading');
  assert.equal(title('text'), 'My note');
});

test('returns the text around an image without markup and images', () => {
  const note =
    '# Cats\n\nA **gr**ay [cat](https://x.org "title") sleeps\\* in [[dir/Box|the box]] ![[b.png|word]].\n' +
    '- [x] It `purrs` %%hidden%% $x^2$ <b>loud</b>\n\n![](a.png)\n\n> Then it wakes, see [[dir/Food]]. <https://y.org>\n\n```js\ncode\n```\n\n[r]: z\n';
  assert.deepEqual(read(note).places, [
    {
      noteTitle: 'Cats',
      before: 'Cats A gray cat sleeps* in the box',
      after: '. It loud Then it wakes, see Food .',
      heading: 'Cats',
    },
    {
      noteTitle: 'Cats',
      before: 'Cats A gray cat sleeps* in the box . It loud',
      after: 'Then it wakes, see Food .',
      heading: 'Cats',
    },
  ]);
});

test('cuts text between words and starts it with the nearest heading', () => {
  const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
  const [place] = read(`# Title\n\n${words}\n\n## Part two\n\n${words}\n\n![](a)\n\n${words}`).places;
  assert.ok(place);
  assert.equal(place.heading, 'Part two');
  assert.match(place.before, /^Part two\nword\d+ .* word199$/);
  assert.match(place.after, /^word0 .* word\d+$/);
  for (const side of [place.before.slice('Part two\n'.length), place.after]) {
    assert.ok(side.length > 280 && side.length <= 300);
    for (const word of side.split(' ')) assert.ok(words.split(' ').includes(word), word);
  }
});

test('returns the title and text of a note', () => {
  assert.equal(
    read(
      '---\ntitle: Titel\nkey: value\n---\nEin *Satz*.\n\n    code\n\n| a | b |\n|---|---|\n| c | ![](d.png) |\n',
    ).text,
    'Titel\nEin Satz. a b c',
  );
});

test('returns only the title when the note has no text', () => {
  assert.deepEqual(read('![](a)'), {
    text: 'My note\n',
    places: [{ noteTitle: 'My note', before: '', after: '', heading: '' }],
  });
});
