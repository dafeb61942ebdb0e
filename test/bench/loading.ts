import { readFileSync, statSync } from 'node:fs';
import { Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { pluginScript } from '../obsidian/plugin-script.ts';
import { atMost } from './at-most.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';

const PACK = 'dist/packs/notesight-experts.pack';

/**
 * Loads the Obsidian plugin, from its source text to the end of `onload`. The baseline is the same source in a
 * function that is never called: that cost depends only on the size; the rest is code that runs at every start of the
 * app.
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
    atMost('plugin: main.js', mainJs.length / 1000, 'kB', 705),
    atMost('plugin: main.js, gzip', gzipSync(mainJs).length / 1000, 'kB', 263),
    atMost('plugin: the recognizer pack', statSync(PACK).size / 1e6, 'MB', 18),
    atMost('plugin: compile', median(times.compile), 'ms', 20),
    atMost('plugin: evaluate', median(times.evaluate), 'ms', 20),
    atMost('plugin: onload, on an Obsidian that does nothing', median(times.onload), 'ms', 10),
    atMost('plugin: compile and evaluate ÷ the same bytes never run', load / median(times.idle), '×', 3),
  ];
}

/**
 * A single flat string, because joining is not part of compiling. Different each time, because V8 caches compiled
 * code.
 */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
