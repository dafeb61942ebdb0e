import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { dataFolder } from './data-folder.ts';

function useDataFolder(context: TestContext, folder: string): void {
  const before = process.env['NOTESIGHT_DATA'];
  process.env['NOTESIGHT_DATA'] = folder;
  context.after(() => {
    if (before === undefined) delete process.env['NOTESIGHT_DATA'];
    else process.env['NOTESIGHT_DATA'] = before;
  });
}

test("stores the data of an Obsidian vault in the plugin's folder", async (t) => {
  const data = temporaryFolder(t);
  useDataFolder(t, data);
  const folder = await dataFolder({ root: join(data, 'vault'), kind: 'obsidian' });
  assert.deepEqual(folder, {
    captions: join(data, 'vault/.obsidian/plugins/notesight/captions.jsonl'),
    journal: join(data, 'vault/.obsidian/plugins/notesight/journal.jsonl'),
    vectors: join(data, 'vault/.obsidian/plugins/notesight/vectors.jsonl'),
  });
  assert.deepEqual(readdirSync(data), []);
});

test('stores the data of any other vault in its own folder with the path of the vault', async (t) => {
  const data = join(temporaryFolder(t), 'new');
  useDataFolder(t, data);
  const one = await dataFolder({ root: '/vaults/one', kind: 'git' });
  const two = await dataFolder({ root: '/vaults/two', kind: 'folder' });
  assert.deepEqual(await dataFolder({ root: '/vaults/one', kind: 'git' }), one);
  assert.notEqual(dirname(one.captions), dirname(two.captions));
  assert.equal(dirname(dirname(one.journal)), join(data, 'vaults'));
  assert.deepEqual(JSON.parse(readFileSync(join(dirname(one.captions), 'vault.json'), 'utf8')), {
    path: '/vaults/one',
  });
});

test("reports a data folder that can't be created", async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, { file: '' });
  useDataFolder(t, join(root, 'file'));
  await assert.rejects(dataFolder({ root, kind: 'folder' }), { code: 'memory_unwritable' });
});
