import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { readdirSync, readFileSync } from 'node:fs';
import { findImages } from '../../src/core/note/find-images.ts';
import type { Row } from './bench.ts';

const MB = 1_000_000;

/** Parses the notes of the samples repeatedly with our parser and two well-known ones. */
export function benchScanning(short: boolean): Promise<Row[]> {
  const notes = readdirSync('samples/vault', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(`samples/vault/${name}`, 'utf8'));
  const markdownIt = new MarkdownIt({ html: true });

  const ours = scan(notes, short ? 10 : 50, findImages);
  const theirs = scan(notes, short ? 10 : 50, (note) => markdownIt.parse(note, {}));
  // By far the slowest; a part of the bytes is enough to measure its speed.
  const oracle = scan(notes, short ? 1 : 5, (note) =>
    fromMarkdown(note, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  );
  const plain = notes.map((note) => note.replaceAll('![', '[').replace(/<img/gi, '<b'));
  const imageless = scan(plain, 50, findImages);

  return Promise.resolve([
    row('scanning: mdast-util-from-markdown with GFM ÷ findImages', ours / oracle, '×', 10),
    row('scanning: markdown-it ÷ findImages', ours / theirs, '×', 1),
    row('scanning: notes without an image', imageless, 'MB/s', 200),
  ]);
}

/** @returns megabytes of UTF-8 per second, measured over `megabytes` in total */
function scan(notes: readonly string[], megabytes: number, parse: (note: string) => unknown): number {
  const size = notes.reduce((sum, note) => sum + Buffer.byteLength(note), 0);
  for (const note of notes) parse(note);
  let bytes = 0;
  const start = performance.now();
  while (bytes < megabytes * MB) {
    for (const note of notes) parse(note);
    bytes += size;
  }
  return bytes / MB / ((performance.now() - start) / 1000);
}

function row(what: string, value: number, unit: string, atLeast: number): Row {
  return { what, value, unit, aim: `≥ ${atLeast} ${unit}`, met: value >= atLeast };
}
