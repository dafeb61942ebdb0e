import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { markdownDocuments } from '../../../test/markdown/markdown-documents.ts';
import { mdastImages } from '../../../test/markdown/mdast-images.ts';
import { decodeMarkdown } from '../markdown/character-references.ts';
import { findImages } from './find-images.ts';

const RUNS = { numRuns: 2000, seed: 20261123 };

/** What the oracle can tell about our embeds. */
function comparable(markdown: string) {
  return findImages(markdown)
    .filter(({ syntax }) => syntax !== 'html')
    .map(({ from, to, alt, target, title, reference }) => ({
      from,
      to,
      alt,
      target,
      title,
      form: reference?.form ?? null,
    }));
}

test('generated documents have the images that mdast finds, at the same offsets, with the same words', () => {
  let images = 0;
  fc.assert(
    fc.property(markdownDocuments(), (markdown) => {
      const expected = mdastImages(markdown).images;
      images += expected.length;
      assert.deepEqual(comparable(markdown), expected);
    }),
    RUNS,
  );
  assert.ok(images > RUNS.numRuns, `the documents hold ${images} images`);
});

test('generated documents have the <img> tags in text that mdast takes for HTML', () => {
  let tags = 0;
  // In the text of a script, a tag is a tag to CommonMark, but no image to a browser.
  const documents = markdownDocuments().filter((markdown) => !/<(?:script|style|textarea)/.test(markdown));
  fc.assert(
    fc.property(documents, (markdown) => {
      const expected = mdastImages(markdown);
      tags += expected.tags.length;
      const found = findImages(markdown)
        .filter(({ syntax }) => syntax === 'html')
        .map(({ from }) => from)
        .filter((at) => !expected.htmlBlocks.some(({ from, to }) => from <= at && at < to));
      assert.deepEqual(found, expected.tags);
    }),
    RUNS,
  );
  assert.ok(tags > RUNS.numRuns / 10, `the documents hold ${tags} tags`);
});

test('Windows and old Mac line endings change nothing but the offsets', () => {
  fc.assert(
    fc.property(markdownDocuments(), (markdown) => {
      const unix = findImages(markdown);
      const words = ({ syntax, alt, target, title }: (typeof unix)[number]) => ({
        syntax,
        alt: alt.replace(/\r\n?/g, '\n'),
        target,
        title: title?.replace(/\r\n?/g, '\n'),
      });
      const windows = findImages(markdown.replaceAll('\n', '\r\n'));
      assert.deepEqual(windows.map(words), unix.map(words));
      const offset = (at: number) => at + (markdown.slice(0, at).match(/\n/g)?.length ?? 0);
      assert.deepEqual(
        windows.map(({ from, to }) => [from, to]),
        unix.map(({ from, to }) => [offset(from), offset(to)]),
      );
      assert.deepEqual(findImages(markdown.replaceAll('\n', '\r')).map(words), unix.map(words));
    }),
    RUNS,
  );
});

test('every span of an embed reads back as what the embed says', () => {
  fc.assert(
    fc.property(markdownDocuments(), (markdown) => {
      let end = 0;
      for (const embed of findImages(markdown)) {
        assert.ok(end <= embed.from && embed.from < embed.to, 'embeds follow one another');
        end = embed.to;
        const { targetSpan, altSpan } = embed;
        assert.equal(decodeMarkdown(markdown.slice(targetSpan.from, targetSpan.to)), embed.target);
        if (altSpan === null) continue;
        assert.ok(embed.from <= altSpan.from && altSpan.from <= altSpan.to && altSpan.to <= embed.to);
        const words = markdown.slice(altSpan.from, altSpan.to);
        if (/^[a-z ]*$/.test(words)) assert.equal(embed.alt, words);
      }
    }),
    RUNS,
  );
});

test('where mdast deviates from CommonMark, CommonMark is followed', () => {
  const targets = (markdown: string) => findImages(markdown).map(({ target }) => target);
  // A lone tag can't interrupt a paragraph, on a lazy line neither.
  assert.deepEqual(targets('- a\n<b>\n  ![](c)'), ['c']);
  assert.deepEqual(targets('- `\n<b>\n![](c)`'), []);
  // A title in parentheses holds no unescaped `(`.
  assert.deepEqual(targets('[a]: b (![](c)'), ['c']);
  // Only a paragraph can't be interrupted by a list that doesn't begin with 1 or is empty.
  assert.deepEqual(targets('    code\n2) ```\n   ![](c)'), []);
  assert.deepEqual(targets('a\n- 2) ```\n     ![](c)'), []);
  // A label that isn't one doesn't take the reference away.
  assert.deepEqual(targets('![a][\n\n[a]: b'), ['b']);
  // The rule of three counts whole delimiter runs.
  assert.equal(findImages('![**a* é*a](b)')[0]?.alt, '*a é*a');
});
