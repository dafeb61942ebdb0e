import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SPEC_EXAMPLES } from '../../../test/markdown/spec-images.ts';
import type { Span } from '../markdown/span.ts';
import { findImages } from './find-images.ts';

/** The embeds of a note with their spans read back from it. */
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

/** Checks what the only embed of a note is, by the fields that matter. */
function assertEmbed(note: string, expected: Partial<ReturnType<typeof found>[number]>): void {
  const embeds = found(note);
  assert.equal(embeds.length, 1, `one embed in ${note}`);
  assert.deepEqual({ ...embeds[0], ...expected }, embeds[0]);
}

test('the image examples of CommonMark 0.31.2 and GFM show the images that the specifications say', () => {
  for (const { commonMark, gfm, markdown, images } of SPEC_EXAMPLES) {
    const actual = findImages(markdown).map(({ target, alt, title }) => ({
      target,
      alt,
      ...(title !== null && { title }),
    }));
    assert.deepEqual(actual, images, `example ${commonMark} of CommonMark, ${gfm} of GFM`);
  }
});

test('a wiki embed has its target, its words and its size last', () => {
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

test('a text that begins with digits is no size', () => {
  assertEmbed('![[a.png|300 cats]]', { alt: '300 cats', size: null });
  assertEmbed('![words|300 cats](a.png)', { alt: 'words|300 cats', size: null });
  assertEmbed('![300 cats](a.png)', { alt: '300 cats', size: null });
  assertEmbed('![words|x300](a.png)', { alt: 'words|x300', size: null });
});

test('a wiki embed of anything but an image, or over two lines, is none', () => {
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

test('a Markdown image has its words, target, title and Obsidian size', () => {
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

test('the words are without markup, the raw words with it', () => {
  assertEmbed('![a *b* __c__ ~~d~~ `e` <f@g.h> &lt; \\* [i](j) ![k](l)](m)', {
    alt: 'a b c d e f@g.h < * i k',
    rawAlt: 'a *b* __c__ ~~d~~ `e` <f@g.h> &lt; \\* [i](j) ![k](l)',
    target: 'm',
  });
  assertEmbed('> ![over  \n> two\\\n>   lines](a)', { alt: 'over\ntwo\nlines' });
  assertEmbed('![a_b_c *d [e*](f) g*](h)', { alt: 'a_b_c d e* g' });
  assertEmbed('![a\\|300](b.png)', { alt: 'a|300', size: null });
});

test('an image in the reference style has what its definition says, before or behind it', () => {
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

test('an <img> tag has its attributes in any order, quote style and case, over several lines', () => {
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

test('an <img> tag without a source, or where a browser sees none, is no embed', () => {
  assert.deepEqual(targets('<img alt="x"> <image src="a"> <img-x src="b">'), []);
  assert.deepEqual(targets('<!-- <img src=a> --> <img src=b> <!-- ![](c) -->'), ['b']);
  assert.deepEqual(targets('text <!-- <img src=a> --> <script>"<img src=b>"</script> <img src=c>'), ['c']);
  assert.deepEqual(targets('<div>\n<textarea><img src=a></textarea><img src=b>\n</div>'), ['b']);
  assert.deepEqual(targets('<style>\n\n<img src=a>\n\n</style>\n\n<img src=b>'), ['b']);
  assert.deepEqual(targets('<div title="<img src=a>"><img src=b></div>'), ['b']);
  assert.deepEqual(targets('\\<img src=a>'), []);
});

test('an image stands in links, headings, lists, quotes, callouts and footnotes', () => {
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

test('in a table, | is written \\| and a cell ends at |', () => {
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

test('what decides between text and code, table and paragraph, link and brackets shows in the images', () => {
  // A list item that is empty ends with a blank line.
  assert.deepEqual(targets('-\n\n     ![](code)\n\n-\n  ![](a)'), ['a']);
  // An indented line goes on in a paragraph, so it is no table's head.
  assert.deepEqual(targets('![a\n    b|c\n-|-\n](d)'), ['d']);
  // Only the links around a link are none.
  assertEmbed('![x [a [b](c) d] [e](f)](g)', { alt: 'x [a b d] e' });
  // What a link leaves open, nothing behind it closes.
  assertEmbed('![*a [*b](c) d*](e)', { alt: 'a *b d' });
  const parentheses = (depth: number) => `![](${'('.repeat(depth)}a${')'.repeat(depth)})`;
  assert.equal(targets(parentheses(32)).length, 1);
  assert.equal(targets(parentheses(33)).length, 0);
  assertEmbed('![&#0;&#x110000;&#xD800;&nope;&#X41;&#66;](a)', { alt: '\uFFFD\uFFFD\uFFFD&nope;AB' });
});

test('nothing in code is an image', () => {
  assert.deepEqual(targets('```\n![](a)\n```\n~~~~ x\n![](a)\n~~~\n~~~~\n![](b)'), ['b']);
  assert.deepEqual(targets('    ![](a)\n\n\t![](a)\n\n![](b)'), ['b']);
  assert.deepEqual(targets('`![](a)` ``![](a)` ![](a)`` `![](b)'), ['b']);
  assert.deepEqual(targets('- a\n\n      ![](code)\n\n  ![](b)'), ['b']);
});

test('nothing in frontmatter is an image, with a BOM before it too', () => {
  assert.deepEqual(targets('---\ncover: "![](a)"\n---\n![](b)'), ['b']);
  assert.deepEqual(targets('---\r\ncover: "![](a)"\r\n...\r\n![](b)'), ['b']);
  assert.deepEqual(targets('---\n---\n![](b)\n---\n![](c)'), ['b', 'c']);
  assertEmbed('\uFEFF---\n![](a)\n---\n![](b)', { target: 'b', from: 16, to: 22 });
  assertEmbed('\uFEFF# ![](b)', { target: 'b', from: 3 });
  // A rule at the start that nothing closes is no frontmatter.
  assert.deepEqual(targets('---\n![](a)\n'), ['a']);
  assert.deepEqual(targets('\n---\n![](a)\n---\n'), ['a']);
});

test('a comment of MDX hides images, over blocks too', () => {
  assert.deepEqual(targets('a {/* ![](a) <img src=a> */} ![](b)'), ['b']);
  assert.deepEqual(targets('{/*\n![](a)\n\n- ![](a)\n\n<img src=a>\n*/}\n\n![](b)'), ['b']);
  assert.deepEqual(targets('<div>\n{/* <img src=a> */}\n<img src=b>\n</div>'), ['b']);
  assert.deepEqual(targets('`{/*` ![](a) `*/}`'), ['a']);
  // What nothing closes hides nothing.
  assert.deepEqual(targets('{/* ![](a)\n\n![](b)'), ['a', 'b']);
  assert.deepEqual(targets('<div>\n{/* <img src=a>\n</div>'), ['a']);
});

test('a tag of MDX may have expressions for values, with braces and quotes in them', () => {
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

test('frontmatter in TOML or JSON hides images as YAML does', () => {
  assert.deepEqual(targets('+++\ndescription = """\n![](a)\n"""\n+++\n![](b)'), ['b']);
  assert.deepEqual(targets('\uFEFF+++\r\nx = "![](a)"\r\n+++ \r\n![](b)'), ['b']);
  assert.deepEqual(targets(';;;\n{ "x": "![](a)" }\n;;;\n![](b)'), ['b']);
  assert.deepEqual(targets('{\n  "x": "![](a)"\n}\n\n![](b)'), ['b']);
  // Each is closed by its own mark only, and what begins with a brace need not be JSON.
  assert.deepEqual(targets('+++\n---\n![](a)\n+++\n![](b)'), ['b']);
  assert.deepEqual(targets('---\n+++\n![](a)\n---\n![](b)'), ['b']);
  assert.deepEqual(targets('+++\n![](a)\n'), ['a']);
  assert.deepEqual(targets('{\n![](a)\n}\n'), ['a']);
});

test('nothing in an Obsidian comment is an image, over blocks too', () => {
  assert.deepEqual(targets('a %%![](a)%% ![](b)'), ['b']);
  assert.deepEqual(targets('%%\n![](a)\n\n- ![](a)\n\n<img src=a>\n\n![](a)\n%% ![](b)\n\n![](c)'), [
    'b',
    'c',
  ]);
  assert.deepEqual(targets('`%%` ![](a) `%%`'), ['a']);
  // What nothing closes, or what doesn't begin its line, hides nothing behind its block.
  assert.deepEqual(targets('%%\n![](a)\n\n![](b)'), ['a', 'b']);
  assert.deepEqual(targets('5 %% of ![](a)\n\n![](b)\n\n6 %% of'), ['a', 'b']);
});

test('nothing in math is an image, while prices are no math', () => {
  assert.deepEqual(targets('$![](a)$ $$![](a)$$ ![](b)'), ['b']);
  assert.deepEqual(targets('$$\n![](a)\n\n![](a)\n$$\n\n![](b)'), ['b']);
  assert.deepEqual(targets('$5 ![](a) 6$ ![](b)'), ['b']);
  assert.deepEqual(targets('$5 ![](a) and $6'), ['a']);
  assert.deepEqual(targets('$ 5 ![](a) $'), ['a']);
  assert.deepEqual(targets('\\$5 ![](a) 6$'), ['a']);
  assert.deepEqual(targets('$5\n![](a) 6$'), ['a']);
});

test('escapes take their meaning from brackets', () => {
  assert.deepEqual(targets('\\![](a) !\\[](a) ![\\](a) \\\\![](b)'), ['b']);
  assert.deepEqual(targets('\\![[a.png]] ![[b.png]]'), ['b.png']);
});

test('remote images and data URIs are embeds; notes, documents, sound and video are none', () => {
  assert.deepEqual(targets('![](https://a.md/b?c.pdf#d) ![](data:image/png;base64,AAAA)'), [
    'https://a.md/b?c.pdf#d',
    'data:image/png;base64,AAAA',
  ]);
  assert.deepEqual(targets('![](a.md) ![](a.MP4#t=1) ![](https://a.b/c.pdf?d) <img src="a.webm"> ![](a)'), [
    'a',
  ]);
});

test('every line ending keeps the offsets', () => {
  assertEmbed('a\r\n![b\r\nc](d)\r\n', { from: 3, to: 13, rawAlt: 'b\r\nc', rawTarget: 'd' });
  assertEmbed('a\r![b](d)\r', { from: 2, to: 9 });
});

test('a note without images has none', () => {
  for (const note of ['', '\n', '\uFEFF', 'text', '!', '![', '<img', '[a](b)'])
    assert.deepEqual(findImages(note), []);
});
