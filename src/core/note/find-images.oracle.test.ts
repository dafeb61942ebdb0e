import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { markdownDocuments } from '../../../test/markdown/markdown-documents.ts';
import { mdastImages } from '../../../test/markdown/mdast-images.ts';
import { decodeMarkdown } from '../markdown/character-references.ts';
import { findImages } from './find-images.ts';

const RUNS = { numRuns: 2000, seed: 20261123 };

/** The fields of our embeds that the oracle also reports. */
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

test('finds the same images as mdast in generated documents', () => {
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

test('finds the same <img> tags as mdast in generated documents', () => {
  let tags = 0;
  // CommonMark reads tags inside a script as tags; browsers don't render them as images.
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

test('changes only the offsets when line endings differ', () => {
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

test('returns spans that contain the reported values', () => {
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

test('follows CommonMark where mdast deviates from it', () => {
  const targets = (markdown: string) => findImages(markdown).map(({ target }) => target);
  // A lone tag can't interrupt a paragraph, not even on a lazy line.
  assert.deepEqual(targets('- a\n<b>\n  ![](c)'), ['c']);
  assert.deepEqual(targets('- `\n<b>\n![](c)`'), []);
  // A title in parentheses can't contain an unescaped `(`.
  assert.deepEqual(targets('[a]: b (![](c)'), ['c']);
  // An empty list or one that doesn't start with 1 can't interrupt a paragraph, but can interrupt other
  // blocks.
  assert.deepEqual(targets('    code\n2) ```\n   ![](c)'), []);
  assert.deepEqual(targets('a\n- 2) ```\n     ![](c)'), []);
  // An invalid label doesn't invalidate the reference before it.
  assert.deepEqual(targets('![a][\n\n[a]: b'), ['b']);
  // The rule of three applies to whole delimiter runs.
  assert.equal(findImages('![**a* é*a](b)')[0]?.alt, '*a é*a');
});
