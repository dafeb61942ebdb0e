import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EmbedSyntax } from './image-embed.ts';
import { createVaultIndex, filesNamed, resolveImage } from './resolve-image.ts';

/** Returns the path, or the kind in angle brackets. */
function resolve(
  paths: readonly string[],
  target: string,
  notePath = 'notes/note.md',
  syntax: EmbedSyntax = 'markdown',
): string {
  const result = resolveImage({ target, syntax }, notePath, createVaultIndex(paths));
  return result.kind === 'file' ? result.path : `<${result.kind}>`;
}

test('resolves a Markdown target relative to the note, then the root, then by path ending', () => {
  const beside = 'notes/img/a.png';
  const fromRoot = 'img/a.png';
  const elsewhere = 'old/img/a.png';
  assert.equal(resolve([elsewhere, fromRoot, beside], 'img/a.png'), beside);
  assert.equal(resolve([elsewhere, fromRoot], 'img/a.png'), fromRoot);
  assert.equal(resolve([elsewhere], 'img/a.png'), elsewhere);
  assert.equal(resolve(['old/other-img/a.png', 'old/ximg/a.png'], 'img/a.png'), '<missing>');
});

test('resolves a wiki target by exact path, then in the folder of the note, then by shortest path', () => {
  const wiki = (paths: readonly string[], target: string) => resolve(paths, target, 'b/c/note.md', 'wiki');
  assert.equal(wiki(['b/c/a.png', 'a.png'], 'a.png'), 'a.png');
  assert.equal(wiki(['b/a.png', 'b/c/files/a.png', 'x/a.png'], 'a.png'), 'b/c/files/a.png');
  assert.equal(wiki(['zzzz/a.png', 'b/a.png', 'y/z/a.png'], 'a.png'), 'b/a.png');
  assert.equal(wiki(['zzzzzz/a.png', 'y/z/a.png'], 'a.png'), 'y/z/a.png');
  assert.equal(wiki(['x/files/a.png', 'b/a.png'], 'files/a.png'), 'x/files/a.png');
});

test('resolves a leading slash from the root of the vault', () => {
  assert.equal(resolve(['notes/a.png', 'a.png'], '/a.png'), 'a.png');
  assert.equal(resolve(['notes/a.png'], '/a.png'), '<missing>');
  assert.equal(resolve(['img/a.png'], '/img/../img/a.png'), 'img/a.png');
});

test('resolves dots relative to the note, even inside a target', () => {
  assert.equal(resolve(['files/a.png', 'notes/files/a.png'], '../files/a.png'), 'files/a.png');
  assert.equal(resolve(['a.png', 'notes/a.png'], './a.png'), 'notes/a.png');
  assert.equal(resolve(['a.png', 'x/a.png'], './a.png'), '<missing>');
  assert.equal(resolve(['a.png'], 'x/../../a.png'), 'a.png');
  assert.equal(resolve(['files/a.png'], '../files/a.png', 'notes/note.md', 'wiki'), 'files/a.png');
});

test('never resolves a target outside the vault', () => {
  const paths = ['secret.png', 'notes/secret.png', 'etc/passwd'];
  for (const target of [
    '../../secret.png',
    '/../secret.png',
    '..%2f..%2fsecret.png',
    '%2e%2e/%2e%2e/secret.png',
    '..\\..\\secret.png',
    'x/../../../secret.png',
    'file:///secret.png',
    'FILE:secret.png',
    'app://local/secret.png',
    'C:\\secret.png',
    'c:/secret.png',
    '\\\\server\\share\\secret.png',
  ]) {
    for (const syntax of ['wiki', 'markdown', 'reference', 'html'] as const) {
      assert.equal(resolve(paths, target, 'notes/note.md', syntax), '<outside>', `${syntax} ${target}`);
    }
  }
});

test('distinguishes URLs from files', () => {
  const index = createVaultIndex(['a.png']);
  const result = (target: string) => resolveImage({ target, syntax: 'markdown' }, 'note.md', index);
  assert.deepEqual(result('https://x.org/a.png'), { kind: 'remote', url: 'https://x.org/a.png' });
  assert.deepEqual(result('//x.org/a.png'), { kind: 'remote', url: '//x.org/a.png' });
  assert.deepEqual(result('ftp://x.org/a.png'), { kind: 'remote', url: 'ftp://x.org/a.png' });
  const { source, ...data } = { source: '', ...result('DATA:image/png;base64,AA') };
  assert.deepEqual(data, { kind: 'data', url: 'DATA:image/png;base64,AA' });
  assert.match(source, /^note\.md#data:image\/png, 2 B, [0-9a-f]{8}$/);
});

test('accepts a colon in a file name', () => {
  assert.equal(resolve(['notes/Fig:1.png'], 'Fig:1.png'), 'notes/Fig:1.png');
  assert.equal(resolve(['notes/Lecture 1: intro.png'], 'Lecture 1: intro.png'), 'notes/Lecture 1: intro.png');
});

test('reads percent signs as encoding or literally', () => {
  assert.equal(resolve(['files/a b.png'], '../files/a%20b.png'), 'files/a b.png');
  assert.equal(
    resolve(['files/Слайд 1.png'], '../files/%D0%A1%D0%BB%D0%B0%D0%B9%D0%B4%201.png'),
    'files/Слайд 1.png',
  );
  assert.equal(resolve(['files/Слайд 1.png'], '../files/Слайд%201.png'), 'files/Слайд 1.png');
  assert.equal(resolve(['100%.png'], '100%.png'), '100%.png');
  assert.equal(resolve(['100% a.png'], '100%%20a.png'), '100% a.png');
  assert.equal(resolve(['100%.png'], '100%25.png'), '100%.png');
  assert.equal(resolve(['a%20b.png'], 'a%20b.png'), 'a%20b.png');
  assert.equal(resolve(['%ff.png'], '%ff.png'), '%ff.png');
});

test('decodes a URL but not a wiki target when both files exist', () => {
  const both = ['a%20b.png', 'a b.png'];
  assert.equal(resolve(both, 'a%20b.png', 'note.md', 'markdown'), 'a b.png');
  assert.equal(resolve(both, 'a%20b.png', 'note.md', 'wiki'), 'a%20b.png');
});

test('ignores a fragment or query unless a file has that name', () => {
  assert.equal(resolve(['a.png'], 'a.png#center'), 'a.png');
  assert.equal(resolve(['a.png'], 'a.png?v=2#x'), 'a.png');
  assert.equal(resolve(['a.png'], 'a.png#center', 'note.md', 'wiki'), 'a.png');
  assert.equal(resolve(['c.png', 'c#.png'], 'c#.png'), 'c#.png');
  assert.equal(resolve(['c#1.png'], 'c%231.png#x'), 'c#1.png');
  assert.equal(resolve(['why?.png'], 'why%3F.png?w=3'), 'why?.png');
});

test('ignores case when no file has the exact spelling', () => {
  assert.equal(resolve(['Files/Photo.PNG'], '../files/photo.png'), 'Files/Photo.PNG');
  assert.equal(resolve(['A.png', 'a.png', 'a.PNG'], 'a.png'), 'a.png');
  assert.equal(resolve(['x/A.png', 'x/a.png'], 'a.png', 'note.md', 'wiki'), 'x/a.png');
});

test('ignores Unicode normalization unless both forms exist', () => {
  const composed = 'Äйё.png'.normalize('NFC');
  const decomposed = composed.normalize('NFD');
  assert.notEqual(composed, decomposed);
  assert.equal(resolve([decomposed], composed), decomposed);
  assert.equal(resolve([composed], decomposed), composed);
  assert.equal(resolve([composed], encodeURIComponent(decomposed)), composed);
  assert.equal(resolve([composed, decomposed], decomposed), decomposed);
  assert.equal(resolve([composed, decomposed], composed), composed);
  assert.equal(resolve([composed, decomposed.toUpperCase()], decomposed), composed);
});

test('accepts backslashes as separators unless a file name contains one', () => {
  assert.equal(resolve(['files/a b.png'], '..\\files\\a b.png'), 'files/a b.png');
  assert.equal(resolve(['files/a.png'], 'files\\a.png', 'note.md', 'wiki'), 'files/a.png');
  assert.equal(resolve(['files/a.png', 'files\\a.png'], 'files\\a.png', 'note.md'), 'files\\a.png');
  assert.equal(resolve(['files/a.png'], 'files\\\\a.png'), 'files/a.png');
  assert.equal(resolve(['files/a.png'], 'files//a.png'), 'files/a.png');
});

test('resolves a leading slash from the nearest site root', () => {
  const at = (paths: readonly string[], target: string, note = 'content/posts/a.md') =>
    resolve(paths, target, note);
  for (const folder of ['static', 'public', 'assets', 'docs', 'source', 'src', 'docs/.vuepress/public']) {
    assert.equal(at([`${folder}/img/a.png`], '/img/a.png'), `${folder}/img/a.png`);
  }
  const sites = ['static/a.png', 'one/static/a.png', 'two/static/a.png'];
  assert.equal(at(sites, '/a.png', 'two/content/deep/n.md'), 'two/static/a.png');
  assert.equal(at(sites, '/a.png', 'three/n.md'), 'static/a.png');
  assert.equal(at(['a.png', 'static/a.png'], '/a.png'), 'a.png');
  assert.equal(at(['static/a b.png'], '/a%20b.png?v=1'), 'static/a b.png');
  // A Jekyll site serves its own folder; files that no site serves are not found.
  assert.equal(
    at(['blog/_config.yml', 'blog/img/a.png'], '/img/a.png', 'blog/_posts/n.md'),
    'blog/img/a.png',
  );
  assert.equal(at(['blog/img/a.png'], '/img/a.png', 'blog/_posts/n.md'), '<missing>');
  assert.equal(at(['static/a.png'], 'img/a.png'), '<missing>');
  assert.equal(resolve(['static/img/a.png'], '/img/a.png', 'n.md', 'wiki'), '<missing>');
  assert.equal(at(['secret.png'], '/../secret.png'), '<outside>');
});

test('ignores site aliases in a target', () => {
  const paths = ['site/static/img/a.png', 'site/src/img/b.png', 'site/docs/x.md'];
  assert.equal(resolve(paths, '@site/static/img/a.png', 'site/docs/x.md'), 'site/static/img/a.png');
  assert.equal(resolve(paths, 'pathname:///img/a.png', 'site/docs/x.md'), 'site/static/img/a.png');
  assert.equal(resolve(paths, '@/img/b.png', 'site/docs/x.md'), 'site/src/img/b.png');
  assert.equal(resolve(paths, '~/img/b.png', 'site/docs/x.md'), 'site/src/img/b.png');
  assert.equal(resolve(paths, '@site/static/img/none.png', 'site/docs/x.md'), '<missing>');
  assert.equal(resolve(['@site/a.png'], '@site/a.png', 'n.md'), '@site/a.png');
});

test('resolves an expression to the string in it', () => {
  const paths = ['static/img/a.png', 'docs/x.png', '{a}.png'];
  const html = (target: string) => resolve(paths, target, 'docs/n.mdx', 'html');
  assert.equal(html('{require("./x.png").default}'), 'docs/x.png');
  assert.equal(html("{useBaseUrl('/img/a.png')}"), 'static/img/a.png');
  assert.equal(html('{"@site/static/img/a.png"}'), 'static/img/a.png');
  assert.equal(html('{{ "/img/a.png" | relative_url }}'), 'static/img/a.png');
  assert.equal(html('{{site.baseurl}}/img/a.png'), 'static/img/a.png');
  assert.equal(html('{static}/img/a.png'), 'static/img/a.png');
  // If no file is found, only the site generator can resolve the target.
  for (const target of [
    '{logo}',
    '{`/img/${name}.png`}',
    '{require("./none.png").default}',
    '{{ page.image }}',
  ]) {
    assert.equal(html(target), '<computed>', target);
  }
  assert.equal(html('{a}.png'), '{a}.png');
  assert.equal(resolve(paths, '{require("../../../x.png")}', 'docs/n.mdx', 'html'), '<computed>');
});

test('prefers the root set in the note, but not outside the vault', () => {
  const index = createVaultIndex(['pics/a.png', 'sub/pics/a.png', 'secret.png']);
  const at = (target: string, rootUrl: string, syntax: EmbedSyntax = 'markdown') => {
    const result = resolveImage({ target, syntax }, 'sub/post/n.md', index, rootUrl);
    return result.kind === 'file' ? result.path : `<${result.kind}>`;
  };
  assert.equal(at('/pics/a.png', '..'), 'sub/pics/a.png');
  assert.equal(at('/a.png', '../pics'), 'sub/pics/a.png');
  assert.equal(at('/a.png', './../pics/', 'html'), 'sub/pics/a.png');
  assert.equal(at('/pics/a.png', '/home/me/site'), 'pics/a.png');
  assert.equal(at('/pics/a.png', 'C:/site'), 'pics/a.png');
  assert.equal(at('/secret.png', '../../..'), 'secret.png');
  assert.equal(at('/x/secret.png', '../../..'), '<missing>');
});

test('finds an unlisted file only by its path', () => {
  const there = new Set([
    '.github/img/l.png',
    '.attachments/i.png',
    'notes/.a/b.png',
    '.vuepress/public/h.png',
  ]);
  const asked: string[] = [];
  const index = createVaultIndex(['notes/note.md'], (path) => {
    asked.push(path);
    return there.has(path);
  });
  const at = (target: string, syntax: EmbedSyntax = 'markdown', note = 'notes/note.md') => {
    const result = resolveImage({ target, syntax }, note, index);
    return result.kind === 'file' ? result.path : `<${result.kind}>`;
  };
  assert.equal(at('/.attachments/i.png'), '.attachments/i.png');
  assert.equal(at('.attachments/i.png'), '.attachments/i.png');
  assert.equal(at('../.github/img/l.png'), '.github/img/l.png');
  assert.equal(at('.a/b.png', 'html'), 'notes/.a/b.png');
  assert.equal(at('img/l.png', 'markdown', '.github/README.md'), '.github/img/l.png');
  assert.equal(at('.github/img/l.png', 'wiki'), '.github/img/l.png');
  assert.equal(at('/h.png'), '.vuepress/public/h.png');
  assert.equal(at('l.png', 'wiki'), '<missing>');
  assert.equal(at('../../.github/img/l.png'), '<outside>');
  assert.ok(asked.every((path) => !path.split('/').includes('..')));
});

test('resolves a Markdown target without extension to a note unless such a file exists', () => {
  assert.equal(resolve(['notes/Some note.md'], 'Some%20note'), '<note>');
  assert.equal(resolve(['notes/Some note.md'], 'Some%20note#Heading'), '<note>');
  assert.equal(resolve(['other/Sec. 1.2.md'], 'Sec.%201.2'), '<note>');
  assert.equal(resolve([], 'Not%20yet', 'n.md', 'reference'), '<note>');
  assert.equal(resolve(['notes/scan'], 'scan'), 'notes/scan');
  assert.equal(resolve([], 'a.png'), '<missing>');
  assert.equal(resolve([], 'v1.2'), '<missing>');
  assert.equal(resolve(['notes/scan.md'], 'scan', 'notes/note.md', 'html'), '<missing>');
});

test('reports an empty target or bare fragment as missing', () => {
  assert.equal(resolve(['a.png'], ''), '<missing>');
  assert.equal(resolve(['a.png'], '#a.png'), '<missing>');
});

test('returns only paths of the vault for any target', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%',
      '%ff',
      '%20',
      '/',
      '\\',
      '//',
      'a.png',
      'A.PNG',
      '#',
      '?',
      'c:',
      'file:',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  const paths = ['a.png', 'n/a.png', 'n/m/A.png', '..a.png'];
  const index = createVaultIndex(paths);
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.constantFrom<EmbedSyntax>('wiki', 'markdown', 'html'),
      (target, syntax) => {
        const result = resolveImage({ target, syntax }, 'n/note.md', index);
        assert.ok(result.kind !== 'file' || paths.includes(result.path));
      },
    ),
    { numRuns: 2000 },
  );
});

test('finds the files with the name of a target anywhere in the vault', () => {
  const index = createVaultIndex(['deep/er/Café 1.png', 'img/Café 1.png', 'b.png']);
  assert.deepEqual(filesNamed('../gone/cafe%CC%81%201.png#x', index), [
    'img/Café 1.png',
    'deep/er/Café 1.png',
  ]);
  assert.deepEqual(filesNamed('gone/c.png', index), []);
});
