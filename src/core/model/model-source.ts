import type { SightedModels } from '../memory/sighted-models.ts';
import type { DetectLanguage } from '../ports.ts';
import type { ConversationModel } from './conversation-model.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { listModels } from './ollama/list-models.ts';
import { createOllamaConversationModel } from './ollama/ollama-conversation-model.ts';
import { createOllamaEmbeddingModel } from './ollama/ollama-embedding-model.ts';
import { createOllamaVisionModel } from './ollama/ollama-vision-model.ts';
import { listOpenAiModels } from './openai/list-openai-models.ts';
import { createOpenAiConversationModel } from './openai/openai-conversation-model.ts';
import { createOpenAiEmbeddingModel } from './openai/openai-embedding-model.ts';
import { createOpenAiVisionModel } from './openai/openai-vision-model.ts';
import type { ServerApi } from './recognize-server.ts';
import type { ModelServer } from './server/model-server.ts';
import type { ServerModel } from './server/server-model.ts';
import type { VisionModel } from './vision-model.ts';

/** The models of a server, whichever language it speaks. All reject with the codes of a server or model. */
export interface ModelSource {
  readonly api: ServerApi;
  readonly server: ModelServer;
  readonly list: (signal: AbortSignal) => Promise<readonly ServerModel[]>;
  /** @throws NotesightError `model_missing`, `model_cannot_see` */
  readonly vision: (name: string, signal: AbortSignal) => Promise<VisionModel>;
  /** @throws NotesightError `model_missing` */
  readonly conversation: (name: string, signal: AbortSignal) => Promise<ConversationModel>;
  readonly embedding: (model: ServerModel) => EmbeddingModel;
}

export function modelSource(
  api: ServerApi,
  server: ModelServer,
  ports: { readonly detectLanguage: DetectLanguage; readonly sighted: SightedModels },
): ModelSource {
  if (api === 'ollama') {
    return {
      api,
      server,
      list: (signal) => listModels(server, signal),
      vision: (name, signal) => createOllamaVisionModel(server, name, ports.detectLanguage, signal),
      conversation: (name, signal) => createOllamaConversationModel(server, name, signal),
      embedding: (model) => createOllamaEmbeddingModel(server, model),
    };
  }
  return {
    api,
    server,
    list: (signal) => listOpenAiModels(server, signal),
    vision: (name, signal) => createOpenAiVisionModel(server, name, ports, signal),
    conversation: (name, signal) => createOpenAiConversationModel(server, name, ports.sighted, signal),
    embedding: ({ name }) => createOpenAiEmbeddingModel(server, name),
  };
}
