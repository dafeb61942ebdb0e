import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { createJournal } from './journal.ts';

const edit = (after: string, from = 0) => ({ before: '![](a.png)', after, from });

test('lists batches newest first with their edits', async () => {
  const file = createMemoryLineFile();
  const journal = createJournal(file);
  const first = await journal.begin();
  await journal.record(first, 'a.md', [edit('1'), edit('2', 20)]);
  await journal.record(first, 'b.md', [edit('3')]);
  const second = await journal.begin();
  await journal.record(second, 'a.md', [edit('4')]);
  await journal.record(first, 'a.md', [edit('5')]);

  const batches = await createJournal(file).batches();
  assert.deepEqual(
    batches.map(({ id, notes, edits, undone }) => ({ id, notes, edits, undone })),
    [
      { id: second, notes: 1, edits: 1, undone: false },
      { id: first, notes: 2, edits: 4, undone: false },
    ],
  );
  assert.ok(Math.abs(Date.parse(batches[0]?.at ?? '') - Date.now()) < 60_000);
});

test('omits a batch without edits', async () => {
  const journal = createJournal(createMemoryLineFile());
  await journal.begin();
  assert.deepEqual(await journal.batches(), []);
  assert.equal(await journal.lastBatch(), undefined);
});

test('returns unique ids that start with the time', async () => {
  const journal = createJournal(createMemoryLineFile());
  const ids = await Promise.all(Array.from({ length: 50 }, () => journal.begin()));
  assert.equal(new Set(ids).size, 50);
  for (const id of ids) assert.match(id, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z-[0-9a-f]{8}$/);
});

test('returns the remaining edits in the order they were written', async () => {
  const journal = createJournal(createMemoryLineFile());
  const batch = await journal.begin();
  await journal.record(batch, 'a.md', [edit('1', 5)]);
  await journal.record(batch, 'b.md', [edit('2')]);
  await journal.record(batch, 'a.md', [edit('3', 9)]);
  await journal.markUndone(batch, 'b.md');
  const entries = await journal.entries(batch);
  assert.deepEqual(
    entries.map(({ note, edits }) => ({ note, edits })),
    [
      { note: 'a.md', edits: [edit('1', 5)] },
      { note: 'a.md', edits: [edit('3', 9)] },
    ],
  );
  assert.deepEqual(await journal.entries('no such batch'), []);
});

test('returns the newest batch with remaining edits as the last one', async () => {
  const journal = createJournal(createMemoryLineFile());
  const first = await journal.begin();
  await journal.record(first, 'a.md', [edit('1')]);
  const second = await journal.begin();
  await journal.record(second, 'a.md', [edit('2')]);
  await journal.record(second, 'b.md', [edit('3')]);

  await journal.markUndone(second, 'a.md');
  assert.equal((await journal.lastBatch())?.id, second);
  await journal.markUndone(second, 'b.md');
  assert.equal((await journal.lastBatch())?.id, first);
  await journal.markUndone(first, 'a.md');
  assert.equal(await journal.lastBatch(), undefined);
  assert.deepEqual(
    (await journal.batches()).map((batch) => batch.undone),
    [true, true],
  );
});

test('counts a repeated entry once', async () => {
  const file = createMemoryLineFile();
  const journal = createJournal(file);
  const batch = await journal.begin();
  await journal.record(batch, 'a.md', [edit('1')]);
  file.lines.push(...file.lines);
  assert.equal((await journal.entries(batch)).length, 1);
});

test('ignores torn and newer lines', async () => {
  const file = createMemoryLineFile([
    '{"v":1,"batch":"b',
    '{"v":2,"batch":"b"}',
    '[]',
    '{"v":1,"undone":"b"}',
  ]);
  const journal = createJournal(file);
  const batch = await journal.begin();
  await journal.record(batch, 'a.md', [edit('1')]);
  assert.equal((await journal.batches()).length, 1);
});

test('keeps the newest hundred batches when a batch begins', async () => {
  const file = createMemoryLineFile(['{"v":2,"of":"a newer version"}', '{"torn']);
  const journal = createJournal(file);
  const ids: string[] = [];
  for (let i = 0; i < 150; i++) {
    const id = await journal.begin();
    await journal.record(id, 'a.md', [edit('1')]);
    if (i < 60) await journal.markUndone(id, 'a.md');
    ids.push(id);
  }
  assert.equal((await journal.batches()).length, 150);

  await journal.begin();
  const kept = (await journal.batches()).map((batch) => batch.id);
  assert.deepEqual(kept, ids.slice(50).reverse());
  assert.equal(file.lines[0], '{"v":2,"of":"a newer version"}');
  assert.equal(file.lines.length, 1 + 100 + 10);
});
