import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { CaptionOptions } from '../../src/core/caption/caption-notes.ts';
import { captionNotes } from '../../src/core/caption/caption-notes.ts';
import { detectLanguage } from '../../src/core/language/detect-language.ts';
import type { Fetch } from '../../src/core/ports.ts';
import { createOllamaVisionModel } from '../../src/core/servers/ollama/ollama-vision-model.ts';
import { selectVaults } from '../../src/hosts/cli/select-vaults.ts';
import { nodeFetch } from '../../src/node/node-fetch.ts';
import { openVaultData } from '../../src/node/open-vault-data.ts';
import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import type { Row } from './bench.ts';
import { median } from './median.ts';
import { drawPhoto } from './photo.ts';

/** Milliseconds before the server answers, as for a small model on a good graphics card. */
const ANSWER_TIME = 1000;

const OPTIONS: CaptionOptions = {
  write: true,
  wanted: ({ altProblem }) => altProblem !== null,
  style: () => 'alt',
  language: () => 'auto',
  fallbackLanguage: 'en',
  remote: false,
  concurrency: 1,
  useLog: true,
};

/** Captions photos with a server in a separate process, from the first note read to the last one written. */
export async function benchCaptioning(short: boolean): Promise<Row[]> {
  const photos = short ? 40 : 100;
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  const server = await startServer();
  try {
    await fill(vault, photos);
    const { signal } = new AbortController();
    const [selected] = await selectVaults([vault]);
    if (selected === undefined) throw new Error('no vault');
    let lastBody = '';
    const recordingFetch: Fetch = (input, init) => {
      if (typeof init?.body === 'string') lastBody = init.body;
      return nodeFetch(input, init);
    };
    const model = await createOllamaVisionModel(
      { host: server.host, fetch: recordingFetch },
      'gemma3:4b',
      { detectLanguage },
      signal,
    );
    const ports = {
      ...selected,
      ...(await openVaultData(selected)),
      codec: createSharpCodec(),
      model,
      detectLanguage,
    };
    let written = 0;
    const start = performance.now();
    for await (const event of captionNotes(selected.selected, OPTIONS, ports, signal)) {
      if (event.type === 'image' && event.result.status === 'written') written++;
    }
    const total = performance.now() - start;
    if (written !== photos) throw new Error(`${written} of ${photos} photos were captioned`);
    const value = total / (photos * (await bareAnswerTime(server.host, lastBody)));
    return [
      {
        what: `captioning ${photos} photos of 12 megapixels ÷ the same requests by a bare client`,
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

/** @returns milliseconds from a request to the end of its answer, for a client that does nothing else */
async function bareAnswerTime(host: string, body: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    await (await fetch(`${host}/api/chat`, { method: 'POST', body })).text();
    times.push(performance.now() - start);
  }
  return median(times);
}

/** The same photo with different bytes: data after the end of a JPEG is ignored, but makes it another file. */
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
