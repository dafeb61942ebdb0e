// Runs the contract suite against a real llama-server; `npm run test:llama` starts it.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';

import { detectLanguage } from '../../src/core/language/detect-language.ts';
import { detectApi } from '../../src/core/servers/detect-api.ts';
import { modelSource } from '../../src/core/servers/server-models.ts';
import { openVisionCapability } from '../../src/core/storage/vision-capability.ts';
import { nodeFetch } from '../../src/node/node-fetch.ts';
import { modelServerContract } from '../contracts/model-server.ts';
import { promptMeter } from '../contracts/prompt-meter.ts';
import { assertAnswersAsRecorded } from '../contracts/recorded-answers.ts';
import { createMemoryLineFile } from '../fakes/memory-line-file.ts';

const eyes = process.env['NOTESIGHT_TEST_EYES'] ?? '';
const blind = process.env['NOTESIGHT_TEST_BLIND'] ?? '';

modelServerContract('llama-server', async () => {
  const visionCapability = await openVisionCapability(createMemoryLineFile());
  const ports = { detectLanguage, visionCapability: () => Promise.resolve(visionCapability) };
  const meter = promptMeter(nodeFetch);
  return {
    source: modelSource('openai', { host: eyes, fetch: meter.fetch }, ports),
    model: 'tiny-vision',
    blind: { source: modelSource('openai', { host: blind, fetch: nodeFetch }, ports), model: 'tiny-text' },
    lastPrompt: meter.lastPrompt,
    close: () => Promise.resolve(),
  };
});

test('detects the API', async () => {
  assert.equal(await detectApi({ host: eyes, fetch: nodeFetch }, AbortSignal.timeout(10_000)), 'openai');
});

test('answers as recorded, like the fake server', async () => {
  await assertAnswersAsRecorded({ eyes, blind });
});
