import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Row } from './bench.ts';

const NOTES = 10_000;
const EMBEDS_A_NOTE = 5;
const FOLDERS = 100;

/**
 * Tells the peak memory of the process it is loaded into, in bytes. On Linux `maxRSS` begins with that of the process
 * that started it, so there the kernel is asked (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html).
 */
const REPORT_MEMORY = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeFileSync } from 'node:fs';
  process.on('exit', () => {
    let kilobytes = process.resourceUsage().maxRSS;
    try {
      kilobytes = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
    } catch {}
    writeFileSync(process.env.BENCH_MEMORY, String(kilobytes * 1024));
  });
`)}`;

/** `notesight images` on a large vault, from start to exit. */
export function benchVault(): Promise<Row[]> {
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  try {
    fill(vault);
    const memory = join(vault, 'memory.txt');
    const start = performance.now();
    const { status } = spawnSync(
      process.execPath,
      ['--import', REPORT_MEMORY, 'dist/notesight.js', 'images', vault, '--json'],
      { env: { ...process.env, BENCH_MEMORY: memory }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0) throw new Error(`notesight images ended with ${String(status)}`);
    const megabytes = Number(readFileSync(memory, 'utf8')) / 1e6;
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
