import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import {
  createImageRecognizers,
  type ImageRecognizers,
} from '../../src/core/recognition/image-recognizers.ts';
import { builtRecognizers } from '../../src/node/built-recognizers.ts';
import { openRecognizers } from '../../src/node/open-recognizers.ts';
import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import { atMost } from './at-most.ts';
import type { Row } from './bench.ts';
import { measureCommand } from './measure-command.ts';
import { median } from './median.ts';
import { drawPhoto } from './photo.ts';
import { characterErrors, wordsFound } from './text-errors.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PHOTOS = join(root, 'test/fixtures/photos');
const SAMPLES = join(root, 'samples/vault/attachments');
/** A lecture of 28 slides, if it is next to the project. */
const LECTURE = join(root, '../shared/lecture-vault');

/** The pages that the samples were rendered from, with their text. */
const PAGES = {
  'gradient-descent.png': 'slide-gradient-descent',
  'learning-rates.png': 'slide-learning-rates',
  'Leistungszahl.png': 'slide-heat-pump',
  'Слайд 1. Модальности.png': 'slide-modalities',
  'Слайд 2. Кросс-внимание.png': 'slide-attention',
  'Слайд 3. Схема модели.png': 'diagram-model',
  'Pasted image 20261103101500.png': 'terminal-restore',
  'Pasted image 20261103102210.png': 'dialog-backup',
};

const Slides = z.array(z.object({ file: z.string(), text: z.array(z.string()) }));
const Photos = z.record(z.string(), z.object({ objects: z.array(z.string()), faces: z.number() }));
const never = new AbortController().signal;

interface Page {
  readonly file: string;
  readonly text: string;
}

/** What the local recognizers detect, compared with the expected results, and their run time. */
export async function benchRecognising(short: boolean): Promise<Row[]> {
  const recognizers = openRecognizers(builtRecognizers());
  const codec = createSharpCodec();
  const images = { read: async (file: string) => new Uint8Array(await readFile(file)) };
  const found = createImageRecognizers({ images, codec, recognizers });
  try {
    const rows = await readingRows('our samples', ourPages(), found, { errors: 18, words: 90 });
    if (existsSync(join(LECTURE, 'truth.json')))
      rows.push(...(await readingRows('28 slides', lecturePages(), found, { errors: 18, words: 90 })));
    rows.push(...(await findingRows(found)));

    const photo = new Uint8Array(await drawPhoto());
    const fit = () => codec.fit(photo, () => ({ width: 1024, height: 768 }), never);
    const slide = join(SAMPLES, 'learning-rates.png');
    const astronaut = join(PHOTOS, 'astronaut.jpg');
    const turns = short ? 3 : 11;
    const read = await ratio(() => found.readText(slide, null, never), fit, turns);
    const find = await ratio(() => found.findObjects(astronaut, never), fit, turns);
    return [
      ...rows,
      atMost('recognizers: text of a slide ÷ fitting a photo of 12 megapixels', read, '×', 12),
      atMost('recognizers: things in a photo ÷ fitting one of 12 megapixels', find, '×', 4),
      atMost('recognizers: peak memory of both, and all around them', peakMemory(), 'MB', 600),
    ];
  } finally {
    await recognizers.close();
  }
}

async function readingRows(
  what: string,
  pages: readonly Page[],
  recognizers: ImageRecognizers,
  aim: { readonly errors: number; readonly words: number },
): Promise<Row[]> {
  let errors = 0;
  let characters = 0;
  let recalled = 0;
  let words = 0;
  for (const { file, text } of pages) {
    const read = await recognizers.readText(file, null, never);
    errors += characterErrors(read, text);
    characters += text.length;
    const there = wordsFound(read, text);
    recalled += there.found;
    words += there.all;
  }
  const recall = (recalled / words) * 100;
  return [
    atMost(`recognizers: wrong characters, ${what}`, (errors / characters) * 100, '%', aim.errors),
    {
      what: `recognizers: words read, ${what}`,
      value: recall,
      unit: '%',
      aim: `≥ ${aim.words} %`,
      met: recall >= aim.words,
    },
  ];
}

async function findingRows(recognizers: ImageRecognizers): Promise<Row[]> {
  const truth = Photos.parse(JSON.parse(readFileSync(join(PHOTOS, 'truth.json'), 'utf8')));
  const counts = { objects: 0, right: 0, wrong: 0, faces: 0, rightFaces: 0 };
  for (const [name, { objects, faces }] of Object.entries(truth)) {
    const detected = await recognizers.findObjects(join(PHOTOS, name), never);
    const labels = new Set(detected.map(({ label }) => label).filter((label) => label !== 'face'));
    counts.objects += objects.length;
    counts.right += objects.filter((label) => labels.has(label)).length;
    counts.wrong += [...labels].filter((label) => !objects.includes(label)).length;
    counts.faces += faces;
    counts.rightFaces += Math.min(faces, detected.filter(({ label }) => label === 'face').length);
  }
  const atLeast = (what: string, value: number, least: number, of: number): Row => ({
    what,
    value,
    unit: `of ${of}`,
    aim: `≥ ${least}`,
    met: value >= least,
  });
  // CenterNet classifies the cat in the foreground as a dog.
  return [
    atLeast('recognizers: objects found in 4 photos', counts.right, 2, counts.objects),
    atMost('recognizers: objects that are not there', counts.wrong, '', 1),
    atLeast('recognizers: faces found', counts.rightFaces, 1, counts.faces),
  ];
}

function ourPages(): Page[] {
  return Object.entries(PAGES).map(([name, page]) => {
    const html = readFileSync(join(root, 'samples/draw/pages', `${page}.html`), 'utf8');
    const body = html.replace(/<style>[^]*?<\/style>/g, '').replace(/<(?:title|text)[^>]*>/g, ' ');
    return { file: join(SAMPLES, name), text: plain(body) };
  });
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ');

function lecturePages(): Page[] {
  const slides = Slides.parse(JSON.parse(readFileSync(join(LECTURE, 'truth.json'), 'utf8')));
  return slides.map(({ file, text }) => ({ file: join(LECTURE, 'files', file), text: text.join(' ') }));
}

/** The peak memory of a command that uses both recognizers, in megabytes. */
function peakMemory(): number {
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  try {
    cpSync(join(PHOTOS, 'astronaut.jpg'), join(vault, 'a.jpg'));
    writeFileSync(join(vault, 'n.md'), '![](a.jpg)\n');
    return measureCommand(['caption', vault, '--vault', vault, '--engine', 'embedded', '--no-cache'])
      .megabytes;
  } finally {
    rmSync(vault, { recursive: true });
  }
}

/** The median ratio of their run times, measured in turns. */
async function ratio(
  ours: () => Promise<unknown>,
  other: () => Promise<unknown>,
  turns: number,
): Promise<number> {
  const ratios: number[] = [];
  for (let turn = 0; turn < turns; turn++) ratios.push((await timed(ours)) / (await timed(other)));
  return median(ratios);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
