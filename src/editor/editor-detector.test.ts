import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photo } from '../../test/contracts/image-files.ts';
import { qwen25vl, qwen3vl } from '../../test/fakes/fake-models.ts';
import { startFakeOllama } from '../../test/fakes/fake-ollama.ts';
import { createMemoryLineFile } from '../../test/fakes/memory-line-file.ts';
import { detectLanguage } from '../core/language/detect-language.ts';
import { createKnownApis } from '../core/servers/known-apis.ts';
import { modelSources } from '../core/servers/server-pool.ts';
import { parseSettings } from '../core/settings/settings.ts';
import { openVisionCapability } from '../core/storage/vision-capability.ts';
import { createSharpCodec } from '../node/sharp-codec.ts';
import { createEditorDetector } from './editor-detector.ts';

test('detects objects with the model in the settings, also after it changes', async (t) => {
  const fake = await startFakeOllama({ models: [qwen25vl, qwen3vl] });
  t.after(() => fake.close());
  const bytes = new Uint8Array(await photo(64, 48).png().toBuffer());
  let settings = parseSettings({ model: qwen25vl.name });
  const sources = modelSources([{ host: fake.url, fetch }], {
    detectLanguage,
    visionCapability: () => openVisionCapability(createMemoryLineFile()),
    apis: createKnownApis(),
  });
  const detectObjects = createEditorDetector({
    images: { read: () => Promise.resolve(bytes) },
    codec: createSharpCodec(),
    settings: () => settings,
    servers: () => sources,
    openRecognizers: () => Promise.resolve(null),
  });
  const models: (string | null)[] = [];
  for (const model of [qwen25vl.name, qwen3vl.name, qwen3vl.name]) {
    settings = parseSettings({ model });
    models.push((await detectObjects('a.png', 'en', new AbortController().signal)).model);
  }
  assert.deepEqual(models, [qwen25vl.name, qwen3vl.name, qwen3vl.name]);
  assert.equal(fake.chats.length, 2, 'each looked once');
});
