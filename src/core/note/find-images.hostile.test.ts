import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findImages } from './find-images.ts';

const N = 100_000;

/** Notes designed to be slow, each with its number of images. Quadratic code runs for minutes on them. */
const HOSTILE: Readonly<Record<string, readonly [note: string, images: number]>> = {
  'image openers': ['!['.repeat(N), 0],
  'tag openers': ['<img '.repeat(N), 0],
  'nested brackets': [`!${'['.repeat(5000)}a${']'.repeat(5000)}(b)`, 1],
  'very many nested brackets': [`[a]: b\n\n!${'['.repeat(N)}a${']'.repeat(N)}(b)`, 1],
  'nested images': ['!['.repeat(N) + '](a)'.repeat(N), 1],
  'link openers before links': [`${'['.repeat(N)}${'[a](b)'.repeat(N)}![](a)`, 1],
  'runs of backticks of rising length': [
    `![${Array.from({ length: 1000 }, (_, i) => '`'.repeat(i) + 'a').join('')}`,
    0,
  ],
  dollars: [`![](a) ${'$'.repeat(N)}`, 1],
  'dollars that open math': [`![](a) ${'$a '.repeat(N)}`, 1],
  'percent signs': [`![](a) ${'%%'.repeat(N)}`, 1],
  'comments that open in every block': ['%%\n![](a)\n\n'.repeat(N), N / 2],
  'wiki openers': ['![['.repeat(N), 0],
  'HTML comment openers': [`![](a) ${'<!--'.repeat(N / 2)}`, 1],
  'HTML comment openers on lines of their own': [`![](a)\n\n${'<!--\n'.repeat(N / 2)}`, 1],
  'processing instructions, CDATA, declarations': [`![](a) ${'<?<![CDATA[<!x'.repeat(N)}`, 1],
  'angled destinations': ['![a](<'.repeat(N / 2), 0],
  'destinations in destinations': ['![a](b'.repeat(N), 0],
  'quotes in tags': [`![](a) ${'<a b="'.repeat(N)}${"<a b='".repeat(N)}`, 1],
  'attributes without an end': [`![](a) <img ${'x '.repeat(N)}`, 1],
  'addresses without an end': [`![](a) <a@${'b.'.repeat(N)}`, 1],
  'a long line': [`![](a)${'b'.repeat(1_000_000)}`, 1],
  'a long space in words': [`![*a${' '.repeat(1_000_000)}b*](c)`, 1],
  'a long label': [`[a]: b\n\n![a][${'c'.repeat(1_000_000)}`, 1],
  'lists in lists': [`${'- '.repeat(N)}![](a)`, 1],
  'rules that are none': [`${'* - '.repeat(N)}${'* '.repeat(N)}![](a)`, 1],
  'blank lines in lists in lists': [`${'- '.repeat(N)}![](a)${'\n'.repeat(N)}`, 1],
  'quotes in quotes': [`${'>'.repeat(N)}![](a)${'\n>'.repeat(N)}`, 1],
  'footnotes in footnotes': [`${'[^a]:'.repeat(N)}![](a)`, 1],
  definitions: [`${Array.from({ length: N }, (_, i) => `[${i}]: a\n`).join('')}\n![0]`, 1],
  'a title without an end': [`[a]: b "${'![c\n'.repeat(N)}`, 0],
  'headings of definitions': ['[a]: b\n===\n![](a)\n'.repeat(N / 10), N / 10],
  'rows of a table': [`|a|\n|-|\n${'|![](a)|\n'.repeat(N)}`, N],
  'columns of a table': [`|${'a|'.repeat(N)}\n|${'-|'.repeat(N)}\n|${'![](a)|'.repeat(N)}`, N],
  'emphasis that opens': [`![${'*a _b ~~c '.repeat(N)}](d)`, 1],
  'emphasis that closes and opens': [`![${'*a**b'.repeat(N)}](d)`, 1],
  'images in one paragraph': ['[a]: b\n\n' + '![a]'.repeat(2 * N), 2 * N],
};

for (const [name, [note, images]] of Object.entries(HOSTILE)) {
  test(`runs in linear time on ${name}`, { timeout: 30_000 }, () => {
    assert.equal(findImages(note).length, images);
  });
}
