import { readFileSync, statSync } from 'node:fs';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { pluginScript } from '../obsidian/plugin-script.ts';
import { atMost } from './at-most.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';

const PACK = 'dist/obsidian-experts/notesight-experts.pack';

/**
 * The plugin for Obsidian from its text to the end of `onload`. It is compared with the same bytes in a function that
 * nobody calls: so much is paid for the size alone, and what is above it is what runs at every start of the app.
 */
export async function benchLoading(short: boolean): Promise<Row[]> {
  const mainJs = readFileSync('dist/obsidian/main.js');
  const text = mainJs.toString();
  const times = {
    compile: [] as number[],
    evaluate: [] as number[],
    onload: [] as number[],
    idle: [] as number[],
  };
  for (let run = 0; run < (short ? 20 : 200); run++) {
    const idleText = flat(`(function () {${text}\n});//${run}`);
    const [idle, idleTime] = timed(() => new Script(idleText));
    const [, idleRun] = timed(pluginScript(idle).evaluate);
    times.idle.push(idleTime + idleRun);

    const freshText = flat(`${text}\n//${run}`);
    const [script, compileTime] = timed(() => new Script(freshText));
    const plugin = pluginScript(script);
    const [, evaluateTime] = timed(plugin.evaluate);
    const start = performance.now();
    await plugin.create().onload();
    times.onload.push(performance.now() - start);
    times.compile.push(compileTime);
    times.evaluate.push(evaluateTime);
  }
  const load = median(times.compile) + median(times.evaluate);
  return [
    atMost('plugin: main.js', mainJs.length / 1000, 'kB', 620),
    atMost('plugin: main.js, gzip', gzipSync(mainJs).length / 1000, 'kB', 235),
    atMost('plugin: the pack of experts', statSync(PACK).size / 1e6, 'MB', 18),
    atMost('plugin: compile', median(times.compile), 'ms', 20),
    atMost('plugin: evaluate', median(times.evaluate), 'ms', 20),
    atMost('plugin: onload, on an Obsidian that does nothing', median(times.onload), 'ms', 10),
    atMost('plugin: compile and evaluate ÷ the same bytes never run', load / median(times.idle), '×', 3),
  ];
}

/** Text in one piece: joining it is no part of compiling it. It is another each time, for V8 remembers what it compiled. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
