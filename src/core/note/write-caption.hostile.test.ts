import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../markdown/text-edit.ts';
import { findImages } from './find-images.ts';
import { readContext } from './note-context.ts';
import { captionEdits } from './write-caption.ts';

const N = 50_000;
const LEVELS = 500;

/** Notes designed to be slow, each with its number of images. Quadratic code runs for minutes on them. */
const HOSTILE: Readonly<Record<string, readonly [note: string, images: number]>> = {
  'lists in lists': [`${'- '.repeat(N)}![](a)`, 1],
  'blank lines in lists in lists': [`${'- '.repeat(N)}![](a)${'\n'.repeat(N)}`, 1],
  'a list a line deeper with every item': [
    Array.from({ length: LEVELS }, (_, level) => `${'  '.repeat(level)}- ![](a)\n`).join(''),
    LEVELS,
  ],
  'a quote a line deeper with every line': [
    Array.from({ length: LEVELS }, (_, level) => `${'> '.repeat(level)}![](a)\n`).join(''),
    LEVELS,
  ],
  'quotes in quotes': [`${'>'.repeat(N)}![](a)${'\n>'.repeat(N)}`, 1],
  'lazy lines of quotes in quotes': [`${'>'.repeat(N)}${'![](a)\n'.repeat(N / 5)}`, N / 5],
  'lazy lines of lists in quotes': [`${'> - '.repeat(N)}${'![](a)\n'.repeat(N / 5)}`, N / 5],
  'footnotes in footnotes': [`${'[^a]:'.repeat(N)}![](a)`, 1],
  'emphasis around many lines': [`*a\n${'![](a)\n'.repeat(N / 5)}b*`, N / 5],
  'emphasis in emphasis': [`${'*a **b ~c '.repeat(N)}![](a)\n${'c~ b** a*\n'.repeat(N)}`, 1],
  'a link around many lines': [`[${'![](a)\n'.repeat(N / 5)}](b)`, N / 5],
  'images of one line, with words, before a long line': [
    `${'![x](a)'.repeat(N / 5)}\n${'b'.repeat(N * 20)}`,
    N / 5,
  ],
  'images under headings': ['# a\n![](a)\n'.repeat(N / 5), N / 5],
  'marks of footnotes without an end': [`![](a) ${'[^'.repeat(N)}`, 1],
  'links to notes without an end': [`![](a) ${'[[a/'.repeat(N)}`, 1],
  'a long word': [`![](a) ${'a'.repeat(N * 20)}`, 1],
  'addresses without an end': [`![](a) ${'a.'.repeat(N)}${'a@b.'.repeat(N)}`, 1],
  'a heading of hashes': [`# ![](a)${' #'.repeat(N)} a ${'#'.repeat(N)} a ${' '.repeat(N)}a`, 1],
};

const words = { alt: 'A cat.', description: 'It sleeps.', text: '', decorative: false };

for (const [name, [note, images]] of Object.entries(HOSTILE)) {
  for (const style of ['below', 'callout'] as const) {
    test(`writes captions (${style}) in linear time: ${name}`, { timeout: 30_000 }, () => {
      const wanted = findImages(note).map((embed) => ({ embed, description: words }));
      const written = findImages(applyEdits(note, captionEdits(note, wanted, style)));
      assert.deepEqual(
        written.map(({ alt }) => alt),
        Array.from({ length: images }, () => words.alt),
      );
    });
  }

  test(`reads the context of images in linear time: ${name}`, { timeout: 30_000 }, () => {
    const embeds = findImages(note);
    const context = readContext(note, 'note.md', embeds);
    const places = embeds.map((embed) => context.around(embed));
    assert.equal(places.length, images);
    assert.ok(places.every(({ before, after }) => before.length <= 700 && after.length <= 300));
  });
}
