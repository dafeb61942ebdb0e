import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryLineFile } from '../../../test/fakes/memory-line-file.ts';
import { largeLetters } from '../../../test/pages.ts';
import { createSharpCodec } from '../../node/sharp-codec.ts';
import { fingerprint } from '../image/fingerprint.ts';
import type { Provenance } from '../model/provenance.ts';
import type { EngineName, VisionModel } from '../model/vision-model.ts';
import { openCaptionLog } from '../storage/caption-log.ts';
import { createKnownDescriber } from './describe-known.ts';

const rest = { description: '', text: '', tags: [], decorative: false };

test('reuses any earlier description unless a less capable engine wrote it', async () => {
  const bytes = new Uint8Array(await largeLetters());
  const context = { language: 'en', noteTitle: '', before: '', after: '' };
  const by = (engine: EngineName, provenance: Provenance) => ({
    ...{ engine, provenance, version: '1', name: `${engine} ${provenance}` },
  });
  const [seen, told, recognised] = [
    by('ollama', 'vision'),
    by('ollama', 'text-only'),
    by('embedded', 'recognizers'),
  ];
  for (const [before, now, alt] of [
    [recognised, seen, 'new'],
    [recognised, told, 'new'],
    [recognised, recognised, 'old'],
    [told, seen, 'new'],
    [told, recognised, 'old'],
    [seen, told, 'old'],
    [{ ...seen, name: 'another' }, seen, 'old'],
  ] as const) {
    const log = await openCaptionLog(createMemoryLineFile());
    const { name, ...key } = before;
    await log.put(
      { ...key, model: name, fingerprint: await fingerprint(bytes), language: 'ru', ...rest, alt: 'old' },
      'a.png',
    );
    const model: VisionModel = {
      ...now,
      inputSize: () => ({ width: 64, height: 64 }),
      describe: () => Promise.resolve({ ...rest, alt: 'new' }),
      tasks: null,
    };
    const images = { read: () => Promise.resolve(bytes) };
    const { describe } = createKnownDescriber({ images, codec: createSharpCodec(), log, model });
    const result = await describe('a.png', context, new AbortController().signal);
    assert.equal(result.alt, alt, `${before.name}, then ${now.name}`);
  }
});
