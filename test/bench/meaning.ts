import type { EmbeddingModel } from '../../src/core/model/embedding-model.ts';
import { createMeaning } from '../../src/core/search/meaning.ts';
import { openVectorStore } from '../../src/core/storage/vector-store.ts';
import { imageDocument } from '../fakes/image-document.ts';
import { createMemoryLineFile } from '../fakes/memory-line-file.ts';
import type { Row } from './bench.ts';
import { generator } from './generator.ts';

/** The dimensions of bge-m3. */
const DIMENSIONS = 1024;
/** Milliseconds after which users notice a delay. */
const AIM = 50;

/** Search by meaning among 50,000 images: how long it blocks the interface. */
export async function benchMeaning(short: boolean): Promise<Row[]> {
  const images = short ? 10_000 : 50_000;
  const random = generator(7);
  const model: EmbeddingModel = {
    id: 'random',
    embed: (texts) =>
      Promise.resolve(texts.map(() => Array.from({ length: DIMENSIONS }, () => random() - 0.5))),
  };
  const documents = Array.from({ length: images }, (_, at) =>
    imageDocument(`${at}.png`, { note: `${at}.md`, alt: `Picture ${at}` }),
  );
  const never = new AbortController().signal;
  const meaning = createMeaning(model, await openVectorStore(createMemoryLineFile(), model.id));
  await meaning.learn(documents, () => undefined, never);
  await meaning.understand('a query', never);
  let longest = 0;
  let last = performance.now();
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  for (let times = 0; times < 5; times++) await meaning.rank('a query', documents);
  clearInterval(clock);
  const what = `finding by meaning among ${images.toLocaleString('en')} images: the longest wait`;
  return [{ what, value: longest, unit: 'ms', aim: `≤ ${AIM} ms`, met: longest <= AIM }];
}
