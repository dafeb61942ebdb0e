import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { CaptionOptions } from '../../src/core/caption/caption-notes.ts';
import { captionNotes } from '../../src/core/caption/caption-notes.ts';
import { createOllamaVisionModel } from '../../src/core/model/ollama/ollama-vision-model.ts';
import { selectVaults } from '../../src/hosts/cli/select-vaults.ts';
import { detectLanguage } from '../../src/hosts/node/detect-language.ts';
import { nodeFetch } from '../../src/hosts/node/node-fetch.ts';
import { openMemory } from '../../src/hosts/node/open-memory.ts';
import { createSharpCodec } from '../../src/hosts/node/sharp-codec.ts';
import type { Row } from './bench.ts';
import { drawPhoto } from './photo.ts';

/** Milliseconds that the server takes for an answer: far less than a real model, so that what is ours shows. */
const ANSWER_TIME = 400;

const OPTIONS: CaptionOptions = {
  write: true,
  replace: false,
  style: 'alt',
  language: 'auto',
  concurrency: 1,
  useLog: true,
};

/** Photos through a server of its own process, from the first note read to the last one written. */
export async function benchCaptioning(short: boolean): Promise<Row[]> {
  const photos = short ? 20 : 100;
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  const server = await startServer();
  try {
    await fill(vault, photos);
    const { signal } = new AbortController();
    const [selected] = await selectVaults([vault]);
    if (selected === undefined) throw new Error('no vault');
    const model = await createOllamaVisionModel(
      { host: server.host, fetch: nodeFetch },
      'gemma3:4b',
      detectLanguage,
      signal,
    );
    const ports = {
      ...selected,
      ...(await openMemory(selected)),
      codec: createSharpCodec(),
      model,
      detectLanguage,
    };
    let written = 0;
    const start = performance.now();
    for await (const event of captionNotes(selected.selected, OPTIONS, ports, signal)) {
      if (event.type === 'image' && event.result.status === 'written') written++;
    }
    const value = (performance.now() - start) / (photos * ANSWER_TIME);
    if (written !== photos) throw new Error(`${written} of ${photos} photos were captioned`);
    return [
      {
        what: `captioning ${photos} photos of 12 megapixels ÷ the model's time`,
        value,
        unit: '×',
        aim: '≤ 1.02 ×',
        met: value <= 1.02,
      },
    ];
  } finally {
    server.stop();
    rmSync(vault, { recursive: true });
  }
}

async function startServer() {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/fakes/fake-ollama-server.ts', '--port', '0', '--delay', String(ANSWER_TIME)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { host: line.toString().trim(), stop: () => child.kill() };
}

/** The same photo under other bytes: what follows the end of a JPEG is not looked at, but is another file. */
async function fill(vault: string, photos: number): Promise<void> {
  const photo = await drawPhoto();
  mkdirSync(join(vault, '.obsidian'));
  const lines = ['# Photos', ''];
  for (let index = 0; index < photos; index++) {
    writeFileSync(join(vault, `photo ${index}.jpg`), Buffer.concat([photo, Buffer.from([index])]));
    lines.push(`![[photo ${index}.jpg]]`, '');
  }
  writeFileSync(join(vault, 'photos.md'), lines.join('\n'));
}
