import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from 'obsidian-test-mocks/obsidian';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { undoBatch, type UndoneNote } from '../caption/undo-batch.ts';
import { NotesightError } from '../errors.ts';
import type { NoteStore } from '../ports.ts';
import { createJournal } from '../storage/journal.ts';
import { writeSummary } from './write-summary.ts';

const NOTE = '---\ntitle: Mine\n---\n# Note\n\nText.\n';
const SUMMARY = '## Summary\n\nAbout squares.';
const never = new AbortController().signal;

/** Notes in memory with a journal. */
function vault(texts: Record<string, string>, lines: string[] = []) {
  const read = (path: string) => {
    const text = texts[path];
    if (text === undefined) throw new NotesightError('note_missing', path);
    return text;
  };
  const notes: NoteStore = {
    read: (path) => Promise.resolve(read(path)),
    async update(path, change) {
      const before = read(path);
      const after = await change(before);
      if (after === null || after === before) return false;
      texts[path] = after;
      return true;
    },
    remove: (path, text) => {
      const stands = read(path) === text;
      if (stands) Reflect.deleteProperty(texts, path);
      return Promise.resolve(stands);
    },
  };
  const journal = createJournal(createMemoryLineFile(lines));
  return {
    texts,
    ports: { notes, journal },
    begin: async () => ({ notes, journal, batch: await journal.begin() }),
    undo: async (): Promise<UndoneNote[]> => {
      const batch = await journal.lastBatch();
      const undone: UndoneNote[] = [];
      for await (const note of undoBatch(batch?.id ?? '', { notes, journal }, never)) undone.push(note);
      return undone;
    },
  };
}

async function writeBoth({ begin }: ReturnType<typeof vault>) {
  const properties = { tags: ['squares'], line: 'About squares.', parseYaml };
  await writeSummary('a.md', SUMMARY, { place: 'top', replace: true, properties }, await begin());
}

const NOTHING = { undone: 0, kept: 0, captions: 0, summaries: 0, removed: false, error: null };

test('undoes a summary with its properties byte for byte', async () => {
  const opened = vault({ 'a.md': NOTE });
  await writeBoth(opened);
  assert.match(
    opened.texts['a.md'] ?? '',
    /^---\ntitle: Mine\ntags:\n {2}- squares\nsummary: About squares\.\n---\n# Note\n\n<!-- notesight:summary/,
  );
  const [batch] = await opened.ports.journal.batches();
  assert.deepEqual([batch?.captions, batch?.summaries], [0, 1]);
  assert.deepEqual(await opened.undo(), [{ ...NOTHING, note: 'a.md', undone: 3, summaries: 1 }]);
  assert.equal(opened.texts['a.md'], NOTE);
});

test('keeps a property that a person changed, and undoes the rest of the summary', async () => {
  const opened = vault({ 'a.md': NOTE });
  await writeBoth(opened);
  opened.texts['a.md'] = (opened.texts['a.md'] ?? '').replace('summary: About squares.', 'summary: Mine');
  assert.deepEqual(await opened.undo(), [{ ...NOTHING, note: 'a.md', undone: 2, kept: 1, summaries: 1 }]);
  assert.equal(opened.texts['a.md'], NOTE.replace('Mine\n', 'Mine\nsummary: Mine\n'));
});

test('restores a summary that was replaced, and its line', async () => {
  const opened = vault({ 'a.md': NOTE });
  await writeBoth(opened);
  const first = opened.texts['a.md'];
  const properties = { tags: ['squares', 'more'], line: 'Another line.', parseYaml };
  const how = { place: 'top', replace: true, properties } as const;
  await writeSummary('a.md', '## Summary\n\nNew.', how, await opened.begin());
  assert.match(opened.texts['a.md'] ?? '', /- more\nsummary: Another line\.\n---[^]*New\./);
  await opened.undo();
  assert.equal(opened.texts['a.md'], first);
  await opened.undo();
  assert.equal(opened.texts['a.md'], NOTE);
});

test('inserts a summary at its offset when properties move the text', async () => {
  const opened = vault({ 'a.md': NOTE });
  const properties = { tags: ['squares'], line: 'About squares.', parseYaml };
  const how = { place: NOTE.indexOf('Text'), replace: true, properties };
  await writeSummary('a.md', SUMMARY, how, await opened.begin());
  assert.match(opened.texts['a.md'] ?? '', /Text\.\n\n<!-- notesight:summary/);
});

test('removes a note that was created for a summary, and the link to it', async () => {
  const opened = vault({ 'a.md': NOTE });
  const { journal } = opened.ports;
  const batch = await journal.begin();
  await journal.record(batch, 's.md', [{ before: '', after: SUMMARY, from: 0, kind: 'note' }]);
  opened.texts['s.md'] = SUMMARY;
  const how = { place: 'top', replace: true, isLink: true } as const;
  await writeSummary('a.md', '[[s]]', how, { ...opened.ports, batch });
  assert.equal((await journal.batches())[0]?.summaries, 1);
  assert.deepEqual(await opened.undo(), [
    { ...NOTHING, note: 's.md', undone: 1, summaries: 1, removed: true },
    { ...NOTHING, note: 'a.md', undone: 1 },
  ]);
  assert.deepEqual(opened.texts, { 'a.md': NOTE });
});

test('keeps a created note that a person changed', async () => {
  const opened = vault({ 's.md': `${SUMMARY} Mine.` });
  const { journal } = opened.ports;
  const batch = await journal.begin();
  await journal.record(batch, 's.md', [{ before: '', after: SUMMARY, from: 0, kind: 'note' }]);
  assert.deepEqual(await opened.undo(), [{ ...NOTHING, note: 's.md', kept: 1 }]);
  assert.equal(opened.texts['s.md'], `${SUMMARY} Mine.`);
});

test('completes the undo when a created note was deleted already', async () => {
  const opened = vault({});
  const { journal } = opened.ports;
  await journal.record(await journal.begin(), 's.md', [
    { before: '', after: SUMMARY, from: 0, kind: 'note' },
  ]);
  assert.deepEqual(await opened.undo(), [{ ...NOTHING, note: 's.md' }]);
  assert.equal(await journal.lastBatch(), undefined);
});

test('distinguishes summaries from captions in a journal of an earlier version', async () => {
  const section = `<!-- notesight:summary 1 -->\n\n${SUMMARY}\n\n<!-- /notesight:summary -->\n\n`;
  const line = (edits: object[]) =>
    JSON.stringify({ v: 1, batch: 'b', at: '2026-01-01T00:00:00Z', note: 'a.md', edits });
  const opened = vault({ 'a.md': `${section}![x](a.png)` }, [
    line([{ before: '![](a.png)', after: '![x](a.png)', from: 0 }]),
    line([{ before: '', after: section, from: 0 }]),
  ]);
  const [batch] = await opened.ports.journal.batches();
  assert.deepEqual([batch?.captions, batch?.summaries, batch?.edits], [1, 1, 2]);
  assert.deepEqual(await opened.undo(), [{ ...NOTHING, note: 'a.md', undone: 2, captions: 1, summaries: 1 }]);
  assert.equal(opened.texts['a.md'], '![](a.png)');
});
