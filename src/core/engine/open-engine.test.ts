import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, NotesightError } from '../errors.ts';
import type { ConversationModel } from '../model/conversation-model.ts';
import type { ServerModel } from '../model/server-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Recognizers } from '../ports.ts';
import type { ModelSource } from '../servers/server-models.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { openAnswering } from './open-answering.ts';
import { type EngineChoice, openEngine } from './open-engine.ts';

const never = new AbortController().signal;
const HOST = 'http://127.0.0.1:11434';

const listed = (name: string, over: Partial<ServerModel> = {}): ServerModel => ({
  name,
  digest: '',
  parameters: '',
  family: 'llama',
  supportsImages: false,
  canChat: true,
  canEmbed: false,
  guessed: false,
  cloud: false,
  loaded: false,
  sizeBytes: 4e9,
  ...over,
});
const LLAVA = listed('llava:7b', { supportsImages: true });
const TEXT = listed('llama3.2:3b');
const CLOUD = listed('qwen3-vl:235b-cloud', { supportsImages: true, cloud: true });

function visionModel(name: string): VisionModel {
  return {
    ...{ engine: 'ollama', name, provenance: 'vision', version: 1, tasks: null },
    inputSize: (size) => size,
    describe: () => Promise.reject(new Error('not to be asked')),
  };
}

function source(models: readonly ServerModel[]): ModelSource {
  const conversation = (name: string): Promise<ConversationModel> =>
    Promise.resolve({
      chat: { stream: () => Promise.reject(new Error('not to be asked')) },
      name,
      supportsImages: models.find((model) => model.name === name)?.supportsImages ?? false,
      canCallTools: true,
    } as unknown as ConversationModel);
  return {
    api: 'ollama',
    server: { host: HOST },
    list: () => Promise.resolve([...models]),
    vision: (name: string) => Promise.resolve(visionModel(name)),
    conversation,
  } as unknown as ModelSource;
}

/** @param server its models, or the error that it fails with */
function sources(server: readonly ServerModel[] | ErrorCode): ModelSources {
  const all: ModelSources = {
    hosts: [HOST],
    first: (open) =>
      typeof server === 'string' ? Promise.reject(new NotesightError(server, server)) : open(source(server)),
    all: () => Promise.resolve([]),
    after: () => all,
  };
  return all;
}

const RECOGNIZERS: Recognizers = {
  text: { look: () => Promise.resolve([]) },
  objects: { look: () => Promise.resolve([]) },
};

/** The kind of the engine, its model, and the code of the reason or the error. */
async function opened(
  choice: Partial<EngineChoice>,
  server: readonly ServerModel[] | ErrorCode,
  recognizers: Recognizers | null = RECOGNIZERS,
): Promise<string> {
  const defaults: EngineChoice = {
    ...{ engine: 'auto', model: '', isServerNamed: false, mayUseTextOnly: true },
    ...{ promptAddition: '', concurrency: 1 },
  };
  const ports = {
    servers: () => sources(server),
    openRecognizers: () => Promise.resolve(recognizers),
    detectLanguage: () => null,
    onLost: () => undefined,
  };
  try {
    const engine = await openEngine({ ...defaults, ...choice }, ports, never);
    const because = 'because' in engine ? (engine.because?.code ?? 'chosen') : 'server';
    return `${engine.kind} ${engine.model.name} ${because}`;
  } catch (error) {
    assert.ok(error instanceof NotesightError);
    return [error.code, ...(error.data['missing'] === undefined ? [] : ['without recognizers'])].join(' ');
  }
}

test('opens a vision model, and another engine only when allowed', async () => {
  for (const [choice, server, expected, recognizers] of [
    [{}, [LLAVA, TEXT], 'server llava:7b server'],
    [{ model: 'llava:7b' }, [LLAVA, TEXT], 'server llava:7b server'],
    [{}, [TEXT], 'text-only llama3.2:3b no_vision_model'],
    [{ engine: 'server' }, [TEXT], 'text-only llama3.2:3b no_vision_model'],
    [{ model: 'llama3.2:3b' }, [LLAVA, TEXT], 'text-only llama3.2:3b model_cannot_see'],
    [{ isServerNamed: true }, [TEXT], 'text-only llama3.2:3b no_vision_model'],
    [{ mayUseTextOnly: false }, [TEXT], 'embedded experts no_vision_model'],
    [{ mayUseTextOnly: false, isServerNamed: true }, [TEXT], 'no_vision_model'],
    [{ engine: 'server' }, [TEXT], 'no_vision_model', null],
    [{}, [TEXT], 'no_vision_model without recognizers', null],
    [{}, [], 'embedded experts no_vision_model'],
    [{}, 'server_down', 'embedded experts server_down'],
    [{}, 'server_down', 'server_down without recognizers', null],
    [{ isServerNamed: true }, 'server_down', 'server_down'],
    [{ model: 'llava:7b' }, 'server_down', 'server_down'],
    [{ engine: 'server' }, 'server_down', 'server_down'],
    [{}, 'unauthorized', 'unauthorized'],
    [{}, 'cancelled', 'cancelled'],
    [{ engine: 'embedded' }, 'server_down', 'embedded experts chosen'],
    [{ engine: 'embedded' }, [LLAVA], 'pack_missing', null],
  ] as const) {
    const found = await opened(choice, server, recognizers === null ? null : RECOGNIZERS);
    assert.equal(found, expected, JSON.stringify([choice, server, expected]));
  }
});

test('uses a cloud model only by name, and reports it as one', async () => {
  assert.equal(await opened({}, [CLOUD, TEXT]), 'text-only llama3.2:3b no_vision_model');
  const named: EngineChoice = {
    ...{ engine: 'auto', model: CLOUD.name, isServerNamed: false, mayUseTextOnly: true },
    ...{ promptAddition: '', concurrency: 1 },
  };
  const ports = {
    servers: () => sources([CLOUD, TEXT]),
    openRecognizers: () => Promise.resolve(null),
    detectLanguage: () => null,
    onLost: () => undefined,
  };
  const engine = await openEngine(named, ports, never);
  assert.equal(engine.kind === 'server' && engine.cloud, true);
});

test('answers with the named model and describes images with one that supports them', async () => {
  const facts = async (models: readonly ServerModel[], named: string) => {
    const { model, vision, closeUp, cloud } = await openAnswering(source(models), named, never);
    return [model.name, vision?.name ?? null, closeUp?.name ?? null, cloud];
  };
  const { name: llava } = LLAVA;
  const { name: text } = TEXT;
  assert.deepEqual(await facts([LLAVA, TEXT], ''), [llava, llava, llava, false]);
  assert.deepEqual(await facts([LLAVA, TEXT], text), [text, llava, llava, false]);
  assert.deepEqual(await facts([TEXT], ''), [text, null, null, false]);
  assert.deepEqual(await facts([CLOUD, TEXT], text), [text, null, null, false]);
  assert.deepEqual(await facts([CLOUD, TEXT], CLOUD.name), [CLOUD.name, CLOUD.name, CLOUD.name, true]);
  await assert.rejects(facts([LLAVA], 'missing'), { code: 'model_missing' });
  await assert.rejects(facts([], ''), { code: 'no_vision_model' });
});
