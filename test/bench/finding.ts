import { createImageIndex } from '../../src/core/search/image-index.ts';
import type { Row } from './bench.ts';
import { generator } from './generator.ts';
import { median } from './median.ts';

const IMAGES_A_NOTE = 5;
const WORDS = 20_000;

/** Queries, typed one keystroke at a time. */
const QUERIES = ['lighthouse', 'bakuro temi', 'kor', 'wärmepumpe'];

/** Search among 50,000 described images, from a keystroke to the results; 10,000 in short mode. */
export function benchFinding(short: boolean): Promise<Row[]> {
  const images = short ? 10_000 : 50_000;
  const random = generator(7);
  const vocabulary = Array.from({ length: WORDS }, () => word(random));
  // As in natural language, a few words are common and most are rare.
  const text = (length: number) =>
    Array.from({ length }, () => vocabulary[Math.floor(random() * random() * WORDS)]).join(' ');
  const index = createImageIndex();
  const steps: number[] = [];
  for (let note = 0; note < images / IMAGES_A_NOTE; note++) {
    const documents = Array.from({ length: IMAGES_A_NOTE }, (_, from) => ({
      note: `${note}.md`,
      from,
      to: from,
      file: `${text(2)}-${note}-${from}.png`,
      alt: text(12),
      description: text(30),
      text: text(25),
      tags: [text(1), text(1)],
      isDescribed: true,
      noteTitle: text(4),
      before: text(20),
      after: text(20),
    }));
    const start = performance.now();
    index.setNote(`${note}.md`, documents);
    steps.push(performance.now() - start);
  }
  const times = QUERIES.flatMap((query) =>
    Array.from(query, (_, end) => {
      const start = performance.now();
      index.find(query.slice(0, end + 1), 50);
      return performance.now() - start;
    }),
  );
  const worst = Math.max(...times);
  return Promise.resolve([
    row(`finding among ${images.toLocaleString('en')} images: the slowest keystroke`, worst, 50),
    row('finding: a note of 5 images comes into the index', median(steps), 10),
  ]);
}

function row(what: string, value: number, limit: number): Row {
  return { what, value, unit: 'ms', aim: `≤ ${limit} ms`, met: value <= limit };
}

function word(random: () => number): string {
  const pick = (letters: string) => letters[Math.floor(random() * letters.length)] ?? '';
  return Array.from(
    { length: 2 + Math.floor(random() * 4) },
    () => pick('bcdfghklmnprst') + pick('aeiou'),
  ).join('');
}
