// Writes the next version into each note in turn, preceded by a journal entry, and prints `NOTE VERSION` once it is
// acknowledged: write-notes VAULT JOURNAL NOTE…
import { writeSync } from 'node:fs';
import { createJournal } from '../../src/core/storage/journal.ts';
import { createLineFile } from '../../src/node/line-file.ts';
import { createNoteFiles } from '../../src/node/note-files.ts';

const [vault = '', journalPath = '', ...names] = process.argv.slice(2);
const notes = createNoteFiles(vault);
const journal = createJournal(createLineFile(journalPath));
const batch = await journal.begin();
for (;;) {
  for (const name of names) {
    let version = 0;
    await notes.update(name, async (current) => {
      const before = current.slice(0, current.indexOf('\n'));
      version = Number(before) + 1;
      await journal.record(batch, name, [{ before, after: String(version), from: 0 }]);
      return `${version}\n`.repeat(current.length / (before.length + 1));
    });
    writeSync(1, `${name} ${version}\n`);
  }
}
