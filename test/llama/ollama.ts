// Runs the contract suite against a real Ollama; `npm run test:llama` provides the models.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';

import { detectLanguage } from '../../src/core/language/detect-language.ts';
import { detectApi } from '../../src/core/servers/detect-api.ts';
import { modelSource } from '../../src/core/servers/server-models.ts';
import { ollamaHost } from '../../src/core/settings/server-address.ts';
import { openVisionCapability } from '../../src/core/storage/vision-capability.ts';
import { nodeFetch } from '../../src/node/node-fetch.ts';
import { modelServerContract } from '../contracts/model-server.ts';
import { createMemoryLineFile } from '../fakes/memory-line-file.ts';

const server = { host: ollamaHost(process.env['NOTESIGHT_TEST_OLLAMA']), fetch: nodeFetch };

modelServerContract('Ollama', async () => {
  const visionCapability = await openVisionCapability(createMemoryLineFile());
  const ports = { detectLanguage, visionCapability: () => Promise.resolve(visionCapability) };
  const source = modelSource('ollama', server, ports);
  return {
    source,
    model: 'notesight-test-vision:latest',
    blind: { source, model: 'notesight-test-text:latest' },
    lastPrompt: null,
    close: () => Promise.resolve(),
  };
});

test('detects the API', async () => {
  assert.equal(await detectApi(server, AbortSignal.timeout(10_000)), 'ollama');
});
