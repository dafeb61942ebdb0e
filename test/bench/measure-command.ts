import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Prints the peak memory of its process, in bytes. On Linux, `maxRSS` starts at that of the parent process, so the
 * value comes from the kernel (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html).
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

/** Runs the built `notesight`, from start to exit. */
export function measureCommand(args: readonly string[]): {
  readonly seconds: number;
  readonly megabytes: number;
} {
  const folder = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  try {
    const memory = join(folder, 'memory.txt');
    const start = performance.now();
    const { status } = spawnSync(
      process.execPath,
      ['--import', REPORT_MEMORY, 'dist/notesight.js', ...args],
      { env: { ...process.env, BENCH_MEMORY: memory }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const seconds = (performance.now() - start) / 1000;
    if (status !== 0) throw new Error(`notesight ${args.join(' ')} ended with ${String(status)}`);
    return { seconds, megabytes: Number(readFileSync(memory, 'utf8')) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
