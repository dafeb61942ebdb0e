import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotesightError } from '../errors.ts';
import { imageName, inlineSource, shownSource } from './inline-source.ts';
import { withInlineImages } from './with-inline-images.ts';

const PNG = 'data:image/png;base64,aGk/';
const SVG = 'data:image/svg+xml,%3Csvg/%3E';
const signal = new AbortController().signal;

function storeOver(notes: Record<string, string>) {
  const files = { read: (path: string) => Promise.resolve(new TextEncoder().encode(`file ${path}`)) };
  return withInlineImages(files, {
    read: (note) =>
      note in notes
        ? Promise.resolve(notes[note] ?? '')
        : Promise.reject(new NotesightError('note_missing', note)),
  });
}

const read = async (store: ReturnType<typeof storeOver>, source: string) =>
  new TextDecoder().decode(await store.read(source, signal));

test('reads an image from its note in any syntax', async () => {
  const store = storeOver({
    'a/n.md': `![](${PNG}) text ![][r]\n\n[r]: <${SVG}>\n`,
    'b.md': `<img src="${PNG}">`,
  });
  assert.equal(await read(store, inlineSource('a/n.md', PNG)), 'hi?');
  assert.equal(await read(store, inlineSource('a/n.md', SVG)), '<svg/>');
  assert.equal(await read(store, inlineSource('b.md', PNG)), 'hi?');
  assert.equal(await read(store, 'a/n.png'), 'file a/n.png');
});

test('reports a missing image when it is no longer in the note', async () => {
  const notes = { 'n.md': `![](${PNG})` };
  const store = storeOver(notes);
  await store.read(inlineSource('n.md', PNG), signal);
  notes['n.md'] = `![](${SVG})`;
  await assert.rejects(store.read(inlineSource('n.md', PNG), signal), { code: 'image_missing' });
  assert.equal(await read(store, inlineSource('n.md', SVG)), '<svg/>');
  await assert.rejects(store.read(inlineSource('gone.md', PNG), signal), { code: 'note_missing' });
});

test('reports an unreadable image when the URI is malformed', async () => {
  const broken = 'data:image/png;base64,%%%';
  await assert.rejects(storeOver({ 'n.md': `![](${broken})` }).read(inlineSource('n.md', broken), signal), {
    code: 'image_unreadable',
    message: /its data: URI is broken/,
  });
});

test('identifies each image with a short source', () => {
  const long = `data:image/png;base64,${'A'.repeat(8_000_000)}`;
  const source = inlineSource('notes/a.md', long);
  assert.match(source, /^notes\/a\.md#data:image\/png, 6\.0 MB, [0-9a-f]{8}$/);
  assert.notEqual(source, inlineSource('notes/a.md', `${long.slice(0, -1)}B`));
  assert.equal(shownSource(source), 'data:image/png, 6.0 MB');
  assert.equal(imageName(source), 'data:image/png, 6.0 MB');
  assert.equal(imageName('a/b.png'), 'b.png');
});
