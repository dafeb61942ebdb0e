import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImages } from '../note/find-images.ts';
import { cleanMarkdown } from './clean-markdown.ts';

const clean = (markdown: string, topHeading = 1): string =>
  cleanMarkdown(markdown, {
    topHeading,
    replace: (words) =>
      [...words.matchAll(/\[(\d)\]/g)].map(({ index, 0: whole, 1: digit }) => ({
        from: index,
        to: index + whole.length,
        markdown: `[[a.png|image ${digit ?? ''}]]`,
      })),
  });

test('keeps ordinary Markdown', () => {
  for (const markdown of [
    '# Head\n\nWords **strong** *em* ~~old~~ `code`.',
    '- one\n- two\n  - three\n- [ ] open\n- [x] done',
    '3. three\n4. four',
    '> quoted\n>\n> more',
    '| a | b |\n| --- | --: |\n| 1 | 2 |',
    '```js\nlet a = `1`;\n```',
    'Energy is $E = mc^2$ here.',
    '[words](<https://a.test/x_y>)',
  ]) {
    assert.equal(clean(markdown), markdown);
  }
});

test('moves headings below the given level', () => {
  assert.equal(clean('# A\n\n## B\n\n###### C', 3), '### A\n\n#### B\n\n###### C');
  assert.equal(clean('### A\n\n#### B', 2), '## A\n\n### B');
});

test('replaces text only in prose', () => {
  assert.equal(clean('See [1], **[2]**, `[3]`.'), 'See [[a.png|image 1]], **[[a.png|image 2]]**, `[3]`.');
});

test('turns active syntax into text', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['<b>x</b> <iframe src="https://evil.test"></iframe>', /</],
    ['![pixel](https://evil.test/p.png) ![[secret]] ![x][y]\n\n[y]: https://evil.test', /!\[|\[\[|^\[y\]:/m],
    ['[[other note]] and [file](file:///etc) [x](javascript:alert(1))', /\[\[|\]\(/],
    ['a #tag and %%hidden%% and <!-- c --> and ^block', /(?<![\\&])#|%%|<!--|(?<!\\)\^/],
    ['```dataviewjs\nalert(1)\n```', /dataview/],
    ['`= this.file` and `$= dv.x`', /`/],
    ['<% tp.x %>', /<%/],
    ['---\ntitle: x\n---', /^---\ntitle/],
    ['$a$ [[b]] $c', /\[\[/],
  ];
  for (const [markdown, forbidden] of cases) assert.doesNotMatch(clean(markdown), forbidden, markdown);
});

test('turns a hostile answer into text in linear time', () => {
  for (const markdown of [
    `${'> '.repeat(10_000)}x`,
    '['.repeat(50_000),
    '*'.repeat(50_000),
    '$'.repeat(50_000),
    `$${'a'.repeat(50_000)}`,
    'word '.repeat(200_000),
    '```\nnever closed',
    '<img src="a.png">'.repeat(1000),
  ]) {
    assert.deepEqual(findImages(clean(markdown)), [], markdown.slice(0, 20));
  }
});

test('returns no images or HTML tags for any input', () => {
  const piece = fc.constantFrom(
    ...[
      '![',
      '](',
      ')',
      '[[',
      ']]',
      '<img src=a>',
      '<',
      '>',
      '`',
      '``',
      '```\n',
      '\n',
      '\n\n',
      '- ',
      '1. ',
      '# ',
      '|',
      '\\',
      '*',
      '_',
      '~~',
      '$',
      '%%',
      'a',
      ' ',
      'b.png',
      '&lt;',
      '&amp;',
      ':',
      '=',
      '---\n',
      '    ',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = cleanMarkdown(pieces.join(''), { topHeading: 2, replace: () => [] });
      assert.deepEqual(findImages(once), []);
      assert.doesNotMatch(once.replace(/```[^]*?```|`[^`]*`/g, ''), /<(?!https?:)/);
    }),
    { numRuns: 3000 },
  );
});
