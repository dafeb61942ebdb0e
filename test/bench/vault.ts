import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from './bench.ts';
import { measureCommand } from './measure-command.ts';

const NOTES = 10_000;
const EMBEDS_A_NOTE = 5;
const FOLDERS = 100;

/** `notesight images` on a large vault, from start to exit. */
export function benchVault(): Promise<Row[]> {
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  try {
    fill(vault);
    const { seconds, megabytes } = measureCommand(['images', vault, '--json']);
    return Promise.resolve([
      {
        what: 'images of 10,000 notes with 50,000 embeds',
        value: seconds,
        unit: 's',
        aim: '< 3 s',
        met: seconds < 3,
      },
      {
        what: 'images of 10,000 notes: peak memory',
        value: megabytes,
        unit: 'MB',
        aim: '< 250 MB',
        met: megabytes < 250,
      },
    ]);
  } finally {
    rmSync(vault, { recursive: true });
  }
}

function fill(vault: string): void {
  mkdirSync(join(vault, '.obsidian'));
  mkdirSync(join(vault, 'files'));
  for (let folder = 0; folder < FOLDERS; folder++) mkdirSync(join(vault, `folder ${folder}`));
  for (let note = 0; note < NOTES; note++) {
    const lines = [`# Note ${note}`, ''];
    for (let embed = 0; embed < EMBEDS_A_NOTE; embed++) {
      const name = `slide ${note}-${embed}.png`;
      writeFileSync(join(vault, 'files', name), '');
      lines.push(
        'Some words about what the lecturer said at this point, as notes have them, with a [link](https://example.org).',
        embed % 2 === 0 ? `![[${name}]]` : `![](../files/${encodeURI(name)})`,
        '',
      );
    }
    writeFileSync(join(vault, `folder ${note % FOLDERS}`, `note ${note}.md`), lines.join('\n'));
  }
}
