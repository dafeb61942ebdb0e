import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createJournal } from '../../src/core/storage/journal.ts';
import { createLineFile } from '../../src/node/line-file.ts';
import { createNoteFiles } from '../../src/node/note-files.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { bundleChild, runChild, seededRandom } from './child.ts';

const NAMES = ['a.md', 'b.md', 'c.md'];
/** The number of lines in a note of half a megabyte, each with the note's version. */
const LINES = 60_000;

test('leaves each note entirely old or new, with its text in the journal, when killed', async (t) => {
  const random = seededRandom(2);
  const folder = temporaryFolder(t);
  const script = await bundleChild('write-notes', folder);
  const vault = join(folder, 'vault');
  const journalPath = join(folder, 'journal.jsonl');
  mkdirSync(vault);
  for (const name of NAMES) writeFileSync(join(vault, name), '1000000\n'.repeat(LINES));

  let leftByKills = 0;
  for (let kill = 0; kill < 15; kill++) {
    const { acknowledged } = await runChild(script, [vault, journalPath, ...NAMES], random() * 60);
    assert.ok(acknowledged.length > 0);
    const promised = new Map(
      acknowledged.map((line) => {
        const [name = '', version = ''] = line.split(' ');
        return [name, Number(version)];
      }),
    );

    const journal = createJournal(createLineFile(journalPath));
    const entries = await journal.entries((await journal.lastBatch())?.id ?? '');
    for (const name of NAMES) {
      const lines = readFileSync(join(vault, name), 'utf8').split('\n');
      const version = lines[0] ?? '';
      assert.equal(lines.length, LINES + 1);
      assert.ok(lines.slice(0, -1).every((line) => line === version));
      const least = promised.get(name);
      if (least === undefined) continue;
      assert.ok(Number(version) === least || Number(version) === least + 1);
      assert.ok(entries.some((entry) => entry.note === name && entry.edits[0]?.after === version));
    }
    leftByKills += readdirSync(vault).length - NAMES.length;

    const tenMinutesAgo = Date.now() / 1000 - 600;
    for (const name of readdirSync(vault)) utimesSync(join(vault, name), tenMinutesAgo, tenMinutesAgo);
    await createNoteFiles(vault).update('a.md', (current) =>
      current.replaceAll(/^\d+/gm, String(2_000_000 + kill * 10_000)),
    );
    assert.deepEqual(readdirSync(vault).sort(), NAMES);
  }
  t.diagnostic(`temporary files that the kills left: ${leftByKills}`);
});
