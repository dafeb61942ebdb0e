import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { captionNotes } from '../../src/core/caption/caption-notes.ts';
import { detectLanguage } from '../../src/core/language/detect-language.ts';
import { createOllamaVisionModel } from '../../src/core/servers/ollama/ollama-vision-model.ts';
import { selectVaults } from '../../src/hosts/cli/select-vaults.ts';
import { nodeFetch } from '../../src/node/node-fetch.ts';
import { openVaultData } from '../../src/node/open-vault-data.ts';
import { createSharpCodec } from '../../src/node/sharp-codec.ts';
import { llava } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { crossingLines } from '../pages.ts';
import type { Row } from './bench.ts';

/** The slides of a lecture, if they are next to the project. */
const LECTURE = fileURLToPath(new URL('../../../shared/lecture-vault/files', import.meta.url));
const SLIDES = 28;

/**
 * The number of requests of a batch by default, with the model with the smallest image input: all slides have fine
 * print.
 */
export async function benchRequests(): Promise<Row[]> {
  const vault = mkdtempSync(join(tmpdir(), 'notesight-bench-'));
  const fake = await startFakeOllama({ models: [llava] });
  try {
    await fill(vault);
    const { signal } = new AbortController();
    const [selected] = await selectVaults([vault]);
    if (selected === undefined) throw new Error('no vault');
    const server = { host: fake.url, fetch: nodeFetch };
    const ports = {
      ...selected,
      ...(await openVaultData(selected)),
      codec: createSharpCodec(),
      model: await createOllamaVisionModel(server, llava.name, { detectLanguage }, signal),
      detectLanguage,
    };
    const options = {
      write: true,
      wanted: () => true,
      style: () => 'alt' as const,
      language: () => 'auto',
      fallbackLanguage: 'en',
      remote: false,
      concurrency: 1,
      useLog: true,
      detail: 'offer',
    } as const;
    let offered = 0;
    for await (const event of captionNotes(selected.selected, options, ports, signal)) {
      if (event.type === 'detail-offer') offered = event.offer.images;
    }
    const value = fake.chats.length / SLIDES;
    return [
      {
        what: `requests an image for ${SLIDES} slides, LLaVA, ${offered} with fine print`,
        value,
        unit: '',
        aim: '1.00',
        met: value === 1,
      },
    ];
  } finally {
    await fake.close();
    rmSync(vault, { recursive: true });
  }
}

async function fill(vault: string): Promise<void> {
  mkdirSync(join(vault, '.obsidian'));
  const slides = existsSync(LECTURE) ? lectureSlides() : await drawnSlides();
  if (slides.length !== SLIDES) throw new Error(`${slides.length} slides`);
  for (const [index, slide] of slides.entries()) writeFileSync(join(vault, `slide ${index}.png`), slide);
  writeFileSync(join(vault, 'lecture.md'), slides.map((_, index) => `![[slide ${index}.png]]\n`).join('\n'));
}

const lectureSlides = (): Buffer[] => readdirSync(LECTURE).map((name) => readFileSync(join(LECTURE, name)));

const drawnSlides = (): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: SLIDES }, (_, index) => crossingLines(1600 + index, 900)));
