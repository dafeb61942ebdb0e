import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageDocument } from '../../../test/fakes/image-document.ts';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { EmbeddingModel } from '../model/embedding-model.ts';
import { openVectorStore } from '../storage/vector-store.ts';
import type { ImageDocument } from './image-documents.ts';
import { createImageIndex } from './image-index.ts';
import { createMeaning, type Meaning } from './meaning.ts';
import { searchImages } from './search-images.ts';

const never = new AbortController().signal;

const image = (file: string, alt: string, more: Partial<ImageDocument> = {}): ImageDocument =>
  imageDocument(file, { from: file.charCodeAt(0), alt, ...more });

const IMAGES = [
  image('a.png', 'A lighthouse at dusk'),
  image('b.png', 'A cat asleep'),
  image('c.png', 'Bread on a table'),
  image('d.png', 'Two dogs at play'),
  image('e.png', '', { noteTitle: 'Cats' }),
];

/** The topics that words may be about: the sea, animals, food. */
const ABOUT = [/lighthouse|sea|beacon/i, /cat|dog|pet/i, /bread|meal/i];

interface Reader extends EmbeddingModel {
  readonly read: string[][];
}

function reader(id = 'reader'): Reader {
  const read: string[][] = [];
  return {
    id,
    read,
    embed(texts, _kind, signal) {
      if (signal.aborted) return Promise.reject(new NotesightError('cancelled', 'Stopped.'));
      read.push([...texts]);
      return Promise.resolve(texts.map((text) => [0.2, ...ABOUT.map((about) => Number(about.test(text)))]));
    },
  };
}

async function learned(
  model: EmbeddingModel,
  images: readonly ImageDocument[],
  file = createMemoryLineFile(),
) {
  const meaning = createMeaning(model, await openVectorStore(file, model.id));
  await meaning.learn(images, () => undefined, never);
  return meaning;
}

async function files(meaning: Meaning, query: string, images: readonly ImageDocument[]): Promise<string[]> {
  await meaning.understand(query, never);
  return (await meaning.rank(query, images)).map(({ file }) => file);
}

test('finds images by meaning, nearest first, and omits distant ones', async () => {
  const meaning = await learned(reader(), IMAGES);
  assert.deepEqual(await files(meaning, 'a pet', IMAGES), ['b.png', 'd.png']);
  assert.deepEqual(await files(meaning, 'beacon', IMAGES), ['a.png']);
});

test('finds nothing for a query without an embedding or for images without a description', async () => {
  const meaning = await learned(reader(), IMAGES);
  assert.deepEqual(await meaning.rank('beacon', IMAGES), []);
  assert.deepEqual(await files(meaning, 'beacon', IMAGES.slice(4)), []);
  assert.deepEqual(await files(meaning, 'beacon', []), []);
});

test('finds a single image and images that are all alike', async () => {
  const [lighthouse] = IMAGES;
  assert.ok(lighthouse);
  const meaning = await learned(reader(), IMAGES);
  assert.deepEqual(await files(meaning, 'beacon', [lighthouse]), ['a.png']);
  const same = ['x', 'y'].map((name) => image(name, 'A lighthouse at dusk'));
  await meaning.learn(same, () => undefined, never);
  assert.deepEqual(await files(meaning, 'beacon', same), ['x', 'y']);
});

test('embeds a text once per model across copies and sessions', async () => {
  const file = createMemoryLineFile();
  const first = reader();
  await learned(first, [...IMAGES, image('copy.png', 'A cat asleep')], file);
  assert.deepEqual(first.read, [
    ['A lighthouse at dusk', 'A cat asleep', 'Bread on a table', 'Two dogs at play'],
  ]);
  const again = reader();
  const meaning = await learned(again, [...IMAGES, image('new.png', 'Bread and a cat')], file);
  assert.deepEqual(again.read, [['Bread and a cat']]);
  assert.deepEqual(await files(meaning, 'beacon', IMAGES), ['a.png']);
  const other = reader('another');
  await learned(other, IMAGES, file);
  assert.equal(other.read.flat().length, 4);
});

test('embeds texts in small batches and keeps finished ones when stopped', async () => {
  const many = Array.from({ length: 100 }, (_, at) => image(`${at}`, `Picture ${at}`));
  const file = createMemoryLineFile();
  const model = reader();
  const stop = new AbortController();
  const steps: [number, number][] = [];
  const meaning = createMeaning(model, await openVectorStore(file, model.id));
  const work = meaning.learn(
    many,
    (done, total) => {
      steps.push([done, total]);
      if (done >= 64) stop.abort();
    },
    stop.signal,
  );
  await assert.rejects(work, isCancelled);
  assert.deepEqual(steps, [
    [0, 100],
    [32, 100],
    [64, 100],
  ]);
  const rest = reader();
  await learned(rest, many, file);
  assert.equal(rest.read.flat().length, 36);
});

test('ranks images first that match by both words and meaning, without duplicates', async () => {
  const index = createImageIndex();
  index.setNote('note.md', IMAGES);
  const meaning = createMeaning(reader(), await openVectorStore(createMemoryLineFile(), 'reader'));
  const found = async (query: string, limit = 10) =>
    (await searchImages(index, meaning, query, limit)).map(({ file }) => file);
  await meaning.learn(index.images(), () => undefined, never);
  assert.deepEqual(await found('dogs'), ['d.png'], 'by words alone, as long as nobody read the query');
  // A note that was indexed again has new images with the same text.
  index.setNote(
    'note.md',
    IMAGES.map((each) => ({ ...each })),
  );
  await meaning.understand('dogs', never);
  assert.deepEqual(await found('dogs'), ['d.png', 'b.png']);
  assert.deepEqual(await found('dogs', 1), ['d.png']);
  await meaning.understand('meal', never);
  assert.deepEqual(await found('meal'), ['c.png']);
});
