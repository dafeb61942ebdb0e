import { NotesightError } from '../errors.ts';
import type { ConversationModel } from '../model/conversation-model.ts';
import type { EmbeddingModel } from '../model/embedding-model.ts';
import type { ServerApi, ServerModel } from '../model/server-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage } from '../ports.ts';
import type { VisionCapability } from '../storage/vision-capability.ts';
import { subjectAt } from './http/subject-at.ts';
import type { ModelServer } from './model-server.ts';
import { listModels } from './ollama/list-models.ts';
import { createOllamaConversationModel } from './ollama/ollama-conversation-model.ts';
import { createOllamaEmbeddingModel } from './ollama/ollama-embedding-model.ts';
import { createOllamaVisionModel, type OllamaModelOptions } from './ollama/ollama-vision-model.ts';
import { pullModel, type PullProgress } from './ollama/pull-model.ts';
import { listOpenAiModels } from './openai/list-openai-models.ts';
import { createOpenAiConversationModel } from './openai/openai-conversation-model.ts';
import { createOpenAiEmbeddingModel } from './openai/openai-embedding-model.ts';
import { createOpenAiVisionModel } from './openai/openai-vision-model.ts';
import { recent } from './recent.ts';

/**
 * User settings for the models of all servers. OpenAI-compatible servers ignore those for memory, which are
 * set when the server starts.
 */
export type ModelOptions = OllamaModelOptions;

/** The models of a server with either API. All methods reject with the codes of a server or model. */
export interface ModelSource {
  readonly api: ServerApi;
  readonly server: ModelServer;
  readonly list: (signal: AbortSignal) => Promise<readonly ServerModel[]>;
  /** @throws NotesightError `model_missing`, `model_cannot_see` */
  readonly vision: (name: string, signal: AbortSignal) => Promise<VisionModel>;
  /** @throws NotesightError `model_missing` */
  readonly conversation: (name: string, signal: AbortSignal) => Promise<ConversationModel>;
  readonly embedding: (model: ServerModel) => EmbeddingModel;
  /** Downloads a model on the server; only supported by Ollama. @throws NotesightError `pull_failed` */
  readonly pull: (name: string, signal: AbortSignal) => AsyncGenerator<PullProgress>;
}

export interface ModelSourcePorts {
  readonly detectLanguage: DetectLanguage;
  readonly visionCapability: () => Promise<VisionCapability>;
}

export function modelSource(
  api: ServerApi,
  server: ModelServer,
  { detectLanguage, visionCapability }: ModelSourcePorts,
  options: ModelOptions = {},
): ModelSource {
  if (api === 'ollama') {
    return {
      api,
      server,
      list: (signal) => listModels(server, signal),
      vision: (name, signal) => createOllamaVisionModel(server, name, { ...options, detectLanguage }, signal),
      conversation: (name, signal) => createOllamaConversationModel(server, name, signal, options),
      embedding: (model) => createOllamaEmbeddingModel(server, model, options.keepAlive),
      pull: (name, signal) => pullModel(server, name, signal),
    };
  }
  const { contextLength, promptAddition } = options;
  // Each model that is opened needs the facts of the list.
  const list = recent((signal) => listOpenAiModels(server, signal));
  return {
    api,
    server,
    list,
    async vision(name, signal) {
      const own = { detectLanguage, visionCapability: await visionCapability(), list, promptAddition };
      return createOpenAiVisionModel(server, name, own, signal);
    },
    async conversation(name, signal) {
      const own = { visionCapability: await visionCapability(), list, contextLength };
      return createOpenAiConversationModel(server, name, own, signal);
    },
    embedding: ({ name }) => createOpenAiEmbeddingModel(server, name),
    pull() {
      throw new NotesightError('pull_failed', 'Only Ollama downloads models.', {
        data: subjectAt(api, server.host),
      });
    },
  };
}
