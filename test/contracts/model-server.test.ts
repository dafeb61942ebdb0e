import { detectLanguage } from '../../src/core/language/detect-language.ts';
import { modelSource } from '../../src/core/servers/server-models.ts';
import { openVisionCapability } from '../../src/core/storage/vision-capability.ts';
import { llava, textOnly } from '../fakes/fake-models.ts';
import { startFakeOllama } from '../fakes/fake-ollama.ts';
import { startFakeOpenAi } from '../fakes/fake-openai.ts';
import { createMemoryLineFile } from '../fakes/memory-line-file.ts';
import { colorAnswer } from './color-answer.ts';
import { modelServerContract } from './model-server.ts';
import { promptMeter } from './prompt-meter.ts';

async function ports() {
  const visionCapability = await openVisionCapability(createMemoryLineFile());
  return { detectLanguage, visionCapability: () => Promise.resolve(visionCapability) };
}

modelServerContract('a fake of Ollama', async () => {
  const models = [
    { ...llava, capabilities: ['completion', 'vision', 'tools'], answer: colorAnswer },
    textOnly,
  ];
  const fake = await startFakeOllama({ models });
  const source = modelSource('ollama', { host: fake.url, fetch }, await ports());
  return {
    source,
    model: llava.name,
    blind: { source, model: textOnly.name },
    lastPrompt: null,
    close: () => fake.close(),
  };
});

for (const tells of ['all', 'context', 'names'] as const) {
  modelServerContract(`a fake of a server compatible with OpenAI that tells ${tells}`, async () => {
    const eyes = { name: 'tiny-llava', answer: colorAnswer };
    const blind = { name: 'tiny-text', sees: false };
    const fake = await startFakeOpenAi({ models: [eyes], tells });
    const other = await startFakeOpenAi({ models: [blind], tells });
    const meter = promptMeter(fetch);
    return {
      source: modelSource('openai', { host: fake.url, fetch: meter.fetch }, await ports()),
      model: eyes.name,
      blind: { source: modelSource('openai', { host: other.url, fetch }, await ports()), model: blind.name },
      lastPrompt: meter.lastPrompt,
      close: async () => {
        await fake.close();
        await other.close();
      },
    };
  });
}
