import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SPEC_EXAMPLES } from '../../../test/markdown/spec-images.ts';
import type { Span } from '../markdown/span.ts';
import { findImages } from './find-images.ts';

/** Returns the embeds of a note with the texts of their spans. */
function found(note: string) {
  const text = (span: Span | null) => span && note.slice(span.from, span.to);
  return findImages(note).map(({ altSpan, targetSpan, sizeSpan, ...embed }) => ({
    ...embed,
    raw: text(embed),
    rawAlt: text(altSpan),
    rawTarget: text(targetSpan),
    rawSize: text(sizeSpan),
  }));
}

function targets(note: string): string[] {
  return findImages(note).map(({ target }) => target);
}

/** Asserts the fields of the only embed in a note. */
function assertEmbed(note: string, expected: Partial<ReturnType<typeof found>[number]>): void {
  const embeds = found(note);
  assert.equal(embeds.length, 1, `one embed in ${note}`);
  assert.deepEqual({ ...embeds[0], ...expected }, embeds[0]);
}

test('finds the images in the examples of CommonMark 0.31.2 and GFM', () => {
  for (const { commonMark, gfm, markdown, images } of SPEC_EXAMPLES) {
    const actual = findImages(markdown).map(({ target, alt, title }) => ({
      target,
      alt,
      ...(title !== null && { title }),
    }));
    assert.deepEqual(actual, images, `example ${commonMark} of CommonMark, ${gfm} of GFM`);
  }
});

test('reads the target, alt text and size of a wiki embed', () => {
  assertEmbed('x ![[a b.png]]', {
    syntax: 'wiki',
    raw: '![[a b.png]]',
    target: 'a b.png',
    rawAlt: null,
    from: 2,
  });
  assertEmbed('![[a.png|words]]', { alt: 'words', rawAlt: 'words', size: null, rawSize: null });
  assertEmbed('![[a.png|300]]', { alt: '', rawAlt: null, size: '300', rawSize: '300' });
  assertEmbed('![[a.png|words|300x200]]', { alt: 'words', size: '300x200', rawSize: '300x200' });
  assertEmbed('![[a.png|]]', { alt: '', rawAlt: '', size: null });
  assertEmbed('![[a.png||300]]', { alt: '', rawAlt: '', size: '300' });
  assertEmbed('![[a.png|one|two|300]]', { alt: 'one|two', rawAlt: 'one|two', size: '300' });
  assertEmbed('![[ dir/a.PNG#part | words | 300 ]]', {
    rawTarget: 'dir/a.PNG#part',
    rawAlt: 'words',
    rawSize: '300',
  });
});

test('reads text that starts with digits as alt text', () => {
  assertEmbed('![[a.png|300 cats]]', { alt: '300 cats', size: null });
  assertEmbed('![words|300 cats](a.png)', { alt: 'words|300 cats', size: null });
  assertEmbed('![300 cats](a.png)', { alt: '300 cats', size: null });
  assertEmbed('![words|x300](a.png)', { alt: 'words|x300', size: null });
});

test('ignores wiki embeds of other files and across lines', () => {
  for (const target of [
    'Note',
    'Note#Heading',
    'a.md',
    'a.pdf',
    'a.mp3',
    'a.mp4',
    'a.canvas',
    'png',
    'a.png.md',
  ]) {
    assert.deepEqual(targets(`![[${target}]] ![](b)`), ['b'], target);
  }
  assert.deepEqual(targets('![[a\n.png]]'), []);
  assert.deepEqual(targets('![[]] ![[ ![[a.png]]'), ['a.png']);
  assert.deepEqual(targets('[[a.png]]'), []);
});

test('reads the alt text, target, title and size of a Markdown image', () => {
  assertEmbed('![words](a.png)', { syntax: 'markdown', alt: 'words', rawTarget: 'a.png', title: null });
  assertEmbed('![words|300](a.png "t")', { alt: 'words', rawAlt: 'words', size: '300', title: 't' });
  assertEmbed('![words | 300x200 ](a.png)', { alt: 'words', rawAlt: 'words', rawSize: '300x200' });
  assertEmbed('![300](a.png)', { alt: '', rawAlt: '', size: '300', rawSize: '300' });
  assertEmbed('![|300](a.png)', { alt: '', rawAlt: '', size: '300' });
  assertEmbed('![a|b|300](c.png)', { alt: 'a|b', size: '300' });
  assertEmbed('![](<a b.png> (title))', {
    rawAlt: '',
    target: 'a b.png',
    rawTarget: 'a b.png',
    title: 'title',
  });
  assertEmbed('![](a(b)\\)&amp;c%20d.png)', {
    target: 'a(b))&c%20d.png',
    rawTarget: 'a(b)\\)&amp;c%20d.png',
  });
  assertEmbed('![]()', { target: '', rawTarget: '' });
});

test('removes markup from the alt text', () => {
  assertEmbed('![a *b* __c__ ~~d~~ `e` <f@g.h> &lt; \\* [i](j) ![k](l)](m)', {
    alt: 'a b c d e f@g.h < * i k',
    rawAlt: 'a *b* __c__ ~~d~~ `e` <f@g.h> &lt; \\* [i](j) ![k](l)',
    target: 'm',
  });
  assertEmbed('> ![over  \n> two\\\n>   lines](a)', { alt: 'over\ntwo\nlines' });
  assertEmbed('![a_b_c *d [e*](f) g*](h)', { alt: 'a_b_c d e* g' });
  assertEmbed('![a\\|300](b.png)', { alt: 'a|300', size: null });
});

test('resolves a reference-style image with a definition before or after it', () => {
  const note = '![words][ a  B ]\n\n> - [A b]: <x y.png>\n>   "t"\n\n[a b]: late';
  assertEmbed(note, {
    syntax: 'reference',
    raw: '![words][ a  B ]',
    alt: 'words',
    target: 'x y.png',
    rawTarget: 'x y.png',
    title: 't',
    reference: { form: 'full', label: ' a  B ' },
  });
  assertEmbed('[a]: b\n\n![a][]', { rawAlt: 'a', target: 'b', reference: { form: 'collapsed', label: 'a' } });
  assertEmbed('[a]: b\n\n![a]', { raw: '![a]', rawAlt: 'a', reference: { form: 'shortcut', label: 'a' } });
  assert.deepEqual(targets('![a] ![b][c] ![d][]'), []);
  assert.deepEqual(targets('[ẞ]: a\n\n![SS]'), ['a']);
});

test('reads the attributes of an <img> tag in any form', () => {
  assertEmbed('a <img src="a.png" alt="words" title="t"> b', {
    syntax: 'html',
    raw: '<img src="a.png" alt="words" title="t">',
    alt: 'words',
    rawAlt: 'words',
    rawTarget: 'a.png',
    title: 't',
    size: null,
  });
  assertEmbed("a <IMG\n  ALT='a > b'\n  WIDTH=300 height='200px'\n  Src=a&amp;b.png\n/>", {
    alt: 'a > b',
    target: 'a&b.png',
    rawTarget: 'a&amp;b.png',
    size: null,
    rawSize: null,
  });
  assertEmbed('<img src=a.png>', { alt: '', rawAlt: null });
  assertEmbed('<img src=a.png alt="" width="50%">', { alt: '', rawAlt: '', size: null });
  assertEmbed('<img alt src=a.png>', { alt: '', rawAlt: '' });
  assertEmbed('<div>\n<p><img src="a.png"alt="b"></p>\n</div>', { target: 'a.png', alt: 'b' });
  assertEmbed('> <div>\n> <img\n> src="a.png">\n> </div>', { raw: '<img\n> src="a.png">' });
});

test("ignores an <img> tag without a source or that browsers don't render", () => {
  assert.deepEqual(targets('<img alt="x"> <image src="a"> <img-x src="b">'), []);
  assert.deepEqual(targets('<!-- <img src=a> --> <img src=b> <!-- ![](c) -->'), ['b']);
  assert.deepEqual(targets('text <!-- <img src=a> --> <script>"<img src=b>"</script> <img src=c>'), ['c']);
  assert.deepEqual(targets('<div>\n<textarea><img src=a></textarea><img src=b>\n</div>'), ['b']);
  assert.deepEqual(targets('<style>\n\n<img src=a>\n\n</style>\n\n<img src=b>'), ['b']);
  assert.deepEqual(targets('<div title="<img src=a>"><img src=b></div>'), ['b']);
  assert.deepEqual(targets('\\<img src=a>'), []);
});

test('finds images in links, headings, lists, blockquotes, callouts and footnotes', () => {
  assert.deepEqual(targets('[![](a)](b)'), ['a']);
  assert.deepEqual(targets('# ![](a) #\n\n![](b)\n===\n'), ['a', 'b']);
  assert.deepEqual(targets('- ![](a)\n  1. ![](b)\n\n     ![](c)\n- [ ] ![](d)'), ['a', 'b', 'c', 'd']);
  assert.deepEqual(targets('> [!note] ![](a)\n> ![](b)\nlazy ![](c)\n>> ![[d.png]]'), [
    'a',
    'b',
    'c',
    'd.png',
  ]);
  assert.deepEqual(targets('x[^1]\n\n[^1]: ![](a)\n\n    ![](b)\n\n        ![](code)'), ['a', 'b']);
});

test('reads escaped pipes in a table', () => {
  const note = '| a | ![x\\|300](b.png) |\n| - | - |\n| ![[c.png\\|d\\|30]] | ![e|f](g) |';
  const [markdown, wiki, ...rest] = found(note);
  assert.deepEqual(rest, []);
  assert.deepEqual(
    [markdown?.alt, markdown?.size, markdown?.rawAlt, markdown?.inTable],
    ['x', '300', 'x', true],
  );
  assert.deepEqual(
    [wiki?.target, wiki?.alt, wiki?.size, wiki?.raw],
    ['c.png', 'd', '30', '![[c.png\\|d\\|30]]'],
  );
  assertEmbed('![a](b)', { inTable: false });
});

test('parses code, tables, paragraphs and brackets like CommonMark', () => {
  // A blank line ends an empty list item.
  assert.deepEqual(targets('-\n\n     ![](code)\n\n-\n  ![](a)'), ['a']);
  // An indented line continues a paragraph, so it can't be a table header.
  assert.deepEqual(targets('![a\n    b|c\n-|-\n](d)'), ['d']);
  // Only links that contain a link are text.
  assertEmbed('![x [a [b](c) d] [e](f)](g)', { alt: 'x [a b d] e' });
  // A delimiter opened inside a link can't be closed outside it.
  assertEmbed('![*a [*b](c) d*](e)', { alt: 'a *b d' });
  const parentheses = (depth: number) => `![](${'('.repeat(depth)}a${')'.repeat(depth)})`;
  assert.equal(targets(parentheses(32)).length, 1);
  assert.equal(targets(parentheses(33)).length, 0);
  assertEmbed('![&#0;&#x110000;&#xD800;&nope;&#X41;&#66;](a)', { alt: '\uFFFD\uFFFD\uFFFD&nope;AB' });
});

test('ignores images in code', () => {
  assert.deepEqual(targets('```\n![](a)\n```\n~~~~ x\n![](a)\n~~~\n~~~~\n![](b)'), ['b']);
  assert.deepEqual(targets('    ![](a)\n\n\t![](a)\n\n![](b)'), ['b']);
  assert.deepEqual(targets('`![](a)` ``![](a)` ![](a)`` `![](b)'), ['b']);
  assert.deepEqual(targets('- a\n\n      ![](code)\n\n  ![](b)'), ['b']);
});

test('ignores images in frontmatter, even after a BOM', () => {
  assert.deepEqual(targets('---\ncover: "![](a)"\n---\n![](b)'), ['b']);
  assert.deepEqual(targets('---\r\ncover: "![](a)"\r\n...\r\n![](b)'), ['b']);
  assert.deepEqual(targets('---\n---\n![](b)\n---\n![](c)'), ['b', 'c']);
  assertEmbed('\uFEFF---\n![](a)\n---\n![](b)', { target: 'b', from: 16, to: 22 });
  assertEmbed('\uFEFF# ![](b)', { target: 'b', from: 3 });
  // Without a closing line, `---` at the start is not frontmatter.
  assert.deepEqual(targets('---\n![](a)\n'), ['a']);
  assert.deepEqual(targets('\n---\n![](a)\n---\n'), ['a']);
});

test('ignores images in MDX comments, even across blocks', () => {
  assert.deepEqual(targets('a {/* ![](a) <img src=a> */} ![](b)'), ['b']);
  assert.deepEqual(targets('{/*\n![](a)\n\n- ![](a)\n\n<img src=a>\n*/}\n\n![](b)'), ['b']);
  assert.deepEqual(targets('<div>\n{/* <img src=a> */}\n<img src=b>\n</div>'), ['b']);
  assert.deepEqual(targets('`{/*` ![](a) `*/}`'), ['a']);
  // An unclosed comment hides nothing.
  assert.deepEqual(targets('{/* ![](a)\n\n![](b)'), ['a', 'b']);
  assert.deepEqual(targets('<div>\n{/* <img src=a>\n</div>'), ['a']);
});

test('reads expressions in the attributes of MDX tags', () => {
  assertEmbed('a <img src={require("./x.png").default} alt="A b" /> c', {
    target: '{require("./x.png").default}',
    alt: 'A b',
  });
  assertEmbed('<img style={{ width: 300, border: "1px" }} src="/x.png" />', {
    target: '/x.png',
    rawAlt: null,
  });
  assertEmbed('<img\n  {...props}\n  onClick={() => { go({ a: 1 }) }}\n  src="x.png"\n/>', {
    target: 'x.png',
  });
  assertEmbed('<div>\n<img src={useBaseUrl("/x.png", { absolute: true })} alt={"A b"}/>\n</div>', {
    target: '{useBaseUrl("/x.png", { absolute: true })}',
    alt: 'A b',
    rawAlt: '{"A b"}',
  });
  assertEmbed("<img src={logo} alt={title ?? 'x'} />", { target: '{logo}', alt: "{title ?? 'x'}" });
});

test('ignores images in TOML and JSON frontmatter', () => {
  assert.deepEqual(targets('+++\ndescription = """\n![](a)\n"""\n+++\n![](b)'), ['b']);
  assert.deepEqual(targets('\uFEFF+++\r\nx = "![](a)"\r\n+++ \r\n![](b)'), ['b']);
  assert.deepEqual(targets(';;;\n{ "x": "![](a)" }\n;;;\n![](b)'), ['b']);
  assert.deepEqual(targets('{\n  "x": "![](a)"\n}\n\n![](b)'), ['b']);
  // Each kind is closed only by its own mark, and text that starts with a brace is not always JSON.
  assert.deepEqual(targets('+++\n---\n![](a)\n+++\n![](b)'), ['b']);
  assert.deepEqual(targets('---\n+++\n![](a)\n---\n![](b)'), ['b']);
  assert.deepEqual(targets('+++\n![](a)\n'), ['a']);
  assert.deepEqual(targets('{\n![](a)\n}\n'), ['a']);
});

test('ignores images in Obsidian comments, even across blocks', () => {
  assert.deepEqual(targets('a %%![](a)%% ![](b)'), ['b']);
  assert.deepEqual(targets('%%\n![](a)\n\n- ![](a)\n\n<img src=a>\n\n![](a)\n%% ![](b)\n\n![](c)'), [
    'b',
    'c',
  ]);
  assert.deepEqual(targets('`%%` ![](a) `%%`'), ['a']);
  // A comment that is unclosed or doesn't start its line hides nothing after its block.
  assert.deepEqual(targets('%%\n![](a)\n\n![](b)'), ['a', 'b']);
  assert.deepEqual(targets('5 %% of ![](a)\n\n![](b)\n\n6 %% of'), ['a', 'b']);
});

test('ignores images in math, but not between prices', () => {
  assert.deepEqual(targets('$![](a)$ $$![](a)$$ ![](b)'), ['b']);
  assert.deepEqual(targets('$$\n![](a)\n\n![](a)\n$$\n\n![](b)'), ['b']);
  assert.deepEqual(targets('$5 ![](a) 6$ ![](b)'), ['b']);
  assert.deepEqual(targets('$5 ![](a) and $6'), ['a']);
  assert.deepEqual(targets('$ 5 ![](a) $'), ['a']);
  assert.deepEqual(targets('\\$5 ![](a) 6$'), ['a']);
  assert.deepEqual(targets('$5\n![](a) 6$'), ['a']);
});

test('reads escaped brackets as text', () => {
  assert.deepEqual(targets('\\![](a) !\\[](a) ![\\](a) \\\\![](b)'), ['b']);
  assert.deepEqual(targets('\\![[a.png]] ![[b.png]]'), ['b.png']);
});

test('includes remote images and data URIs, but no other files', () => {
  assert.deepEqual(targets('![](https://a.md/b?c.pdf#d) ![](data:image/png;base64,AAAA)'), [
    'https://a.md/b?c.pdf#d',
    'data:image/png;base64,AAAA',
  ]);
  assert.deepEqual(targets('![](a.md) ![](a.MP4#t=1) ![](https://a.b/c.pdf?d) <img src="a.webm"> ![](a)'), [
    'a',
  ]);
});

test('keeps offsets for every kind of line ending', () => {
  assertEmbed('a\r\n![b\r\nc](d)\r\n', { from: 3, to: 13, rawAlt: 'b\r\nc', rawTarget: 'd' });
  assertEmbed('a\r![b](d)\r', { from: 2, to: 9 });
});

test('returns nothing for a note without images', () => {
  for (const note of ['', '\n', '\uFEFF', 'text', '!', '![', '<img', '[a](b)'])
    assert.deepEqual(findImages(note), []);
});
