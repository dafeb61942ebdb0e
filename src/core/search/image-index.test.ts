import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageDocument } from '../../../test/fakes/image-document.ts';
import type { ImageDocument } from './image-documents.ts';
import { createImageIndex, type ImageIndex } from './image-index.ts';

function indexOf(...images: ImageDocument[]): ImageIndex {
  const index = createImageIndex();
  index.setNote('note.md', images);
  return index;
}

const found = (index: ImageIndex, query: string): string[] => index.find(query, 10).map(({ file }) => file);

test('finds images by description, text, file name, and surrounding text', () => {
  const index = indexOf(
    imageDocument('a.png', { alt: 'A lighthouse at dusk' }),
    imageDocument('b.png', { description: 'Two ships pass a reef.' }),
    imageDocument('c.png', { text: 'Quarterly revenue' }),
    imageDocument('trips/harbour-2024.png'),
    imageDocument('d.png', { tags: ['sailing'] }),
    imageDocument('e.png', { before: 'We met the captain here.' }),
    imageDocument('f.png', { noteTitle: 'Expenses' }),
  );
  for (const [query, file] of [
    ['lighthouse', 'a.png'],
    ['reef', 'b.png'],
    ['revenue', 'c.png'],
    ['harbour', 'trips/harbour-2024.png'],
    ['2024', 'trips/harbour-2024.png'],
    ['sailing', 'd.png'],
    ['captain', 'e.png'],
    ['expenses', 'f.png'],
  ] as const) {
    assert.deepEqual(found(index, query), [file], query);
  }
});

test('matches prefixes and typos whatever the case and accents', () => {
  const index = indexOf(
    imageDocument('a.png', { alt: 'Überblick über die Wärmepumpe' }),
    imageDocument('b.png', { alt: 'Ёлка и снеговик' }),
    imageDocument('c.png', { alt: 'A lighthouse'.normalize('NFD') }),
    imageDocument('d.png', { alt: 'Café Zürich'.normalize('NFD') }),
  );
  for (const [query, file] of [
    ['uberbl', 'a.png'],
    ['WARMEPUMPE', 'a.png'],
    ['елка', 'b.png'],
    ['снегов', 'b.png'],
    ['снеговек', 'b.png'],
    ['lighthuose', 'c.png'],
    ['café', 'd.png'],
    ['zuri', 'd.png'],
  ] as const) {
    assert.deepEqual(found(index, query), [file], query);
  }
});

test("ranks an image's own text above the text around it", () => {
  const index = indexOf(
    imageDocument('around.png', { after: 'a bridge' }),
    imageDocument('shows.png', { alt: 'A bridge' }),
    imageDocument('both.png', { description: 'A bridge in winter' }),
  );
  assert.deepEqual(found(index, 'bridge'), ['shows.png', 'both.png', 'around.png']);
  assert.deepEqual(found(index, 'bridge winter'), ['both.png']);
  assert.deepEqual(found(index, 'winter nonsense'), ['both.png']);
});

test('returns nothing for an empty or odd query', () => {
  const index = indexOf(imageDocument('a.png', { alt: 'A lighthouse' }));
  for (const query of [
    '',
    ' ',
    '.*',
    '(((',
    '\\',
    '!?',
    'x'.repeat(100_000),
    '\ud800',
    '__proto__',
    'constructor',
  ]) {
    assert.deepEqual(found(index, query), [], query.slice(0, 20));
  }
});

test('finds the same after any changes as a new index', () => {
  const document = fc.record({
    file: fc.constantFrom('a.png', 'b.png', 'c.png'),
    alt: fc.constantFrom('A lake', 'A lake in winter', 'The city', ''),
  });
  const step = fc.record({
    note: fc.constantFrom('1.md', '2.md', '3.md'),
    images: fc.array(document, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const changed = createImageIndex();
      const last = new Map<string, ImageDocument[]>();
      for (const { note, images } of steps) {
        const documents = images.map(({ file, alt }) => imageDocument(file, { note, alt }));
        changed.setNote(note, documents);
        last.set(note, documents);
      }
      const fresh = createImageIndex();
      for (const [note, documents] of last) fresh.setNote(note, documents);
      assert.equal(changed.size, fresh.size);
      for (const query of ['lake', 'winter', 'city', 'a']) {
        const places = (index: ImageIndex) =>
          index
            .find(query, 100)
            .map(({ note, file, alt }) => `${note} ${file} ${alt}`)
            .sort();
        assert.deepEqual(places(changed), places(fresh));
      }
    }),
  );
});

test('finds words inside sentences in scripts without spaces', () => {
  const index = indexOf(
    imageDocument('zh.png', { alt: '海边的红色风筝和一只狗' }),
    imageDocument('ja.png', { alt: '赤い凧が湖の上を飛んでいる' }),
    imageDocument('th.png', { alt: 'สุนัขวิ่งบนชายหาด' }),
    imageDocument('mixed.png', { alt: '東京タワーの写真 2024年' }),
  );
  for (const [query, file] of [
    ['风筝', 'zh.png'],
    ['狗', 'zh.png'],
    ['红色风筝', 'zh.png'],
    ['凧', 'ja.png'],
    ['湖', 'ja.png'],
    ['飛んで', 'ja.png'],
    ['ชายหาด', 'th.png'],
    ['タワー', 'mixed.png'],
    ['2024', 'mixed.png'],
  ] as const) {
    assert.deepEqual(found(index, query), [file], query);
  }
  assert.deepEqual(found(index, '猫'), []);
});

test('treats variant spellings of a letter as the same', () => {
  const index = indexOf(
    imageDocument('a.png', { alt: 'Fußgängerübergang' }),
    imageDocument('b.png', { alt: 'Smørrebrød og æbler' }),
    imageDocument('c.png', { alt: 'İstanbul ve Iğdır' }),
    imageDocument('d.png', { alt: 'Łódź' }),
    imageDocument('e.png', { alt: 'ΟΔΟΣ' }),
  );
  for (const [query, file] of [
    ['fussganger', 'a.png'],
    ['FUẞGÄNGER', 'a.png'],
    ['smorrebrod', 'b.png'],
    ['aebler', 'b.png'],
    ['istanbul', 'c.png'],
    ['igdir', 'c.png'],
    ['lodz', 'd.png'],
    ['οδός', 'e.png'],
  ] as const) {
    assert.deepEqual(found(index, query), [file], query);
  }
});
