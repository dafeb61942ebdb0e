// The contract suite against a real Ollama; `npm run test:llama` gives it the models.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';

import { openSightedModels } from '../../src/core/memory/sighted-models.ts';
import { detectLanguage } from '../../src/core/model/detect-language.ts';
import { modelSource } from '../../src/core/model/model-source.ts';
import { ollamaHost } from '../../src/core/model/ollama/ollama-host.ts';
import { recognizeServer } from '../../src/core/model/recognize-server.ts';
import { nodeFetch } from '../../src/hosts/node/node-fetch.ts';
import { modelServerContract } from '../contracts/model-server.ts';
import { createMemoryLineFile } from '../fakes/memory-line-file.ts';

const server = { host: ollamaHost(process.env['NOTESIGHT_TEST_OLLAMA']), fetch: nodeFetch };

modelServerContract('Ollama', async () => {
  const sighted = await openSightedModels(createMemoryLineFile());
  const ports = { detectLanguage, sighted: () => Promise.resolve(sighted) };
  const source = modelSource('ollama', server, ports);
  return {
    source,
    model: 'notesight-test-vision:latest',
    blind: { source, model: 'notesight-test-text:latest' },
    lastPrompt: null,
    close: () => Promise.resolve(),
  };
});

test('it is recognised', async () => {
  assert.equal(await recognizeServer(server, AbortSignal.timeout(10_000)), 'ollama');
});
