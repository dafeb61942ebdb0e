import { NotesightError } from '../../core/errors.ts';
import type { ConversationModel } from '../../core/model/conversation-model.ts';
import { chooseChatModel } from '../../core/model/server/choose-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import { createOllamaConversationModel } from '../../core/model/ollama/ollama-conversation-model.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import type { Settings } from '../../core/settings.ts';

/**
 * The model that answers: the one that the settings name, or the best the server has.
 * @throws NotesightError `no_vision_model` and every code of a server
 */
export async function openConversationModel(
  server: ModelServer,
  settings: Settings,
  signal: AbortSignal,
): Promise<ConversationModel> {
  const { contextLength, keepAlive } = settings;
  const name = settings.model || chooseChatModel(await listModels(server, signal))?.name;
  if (name === undefined) {
    throw new NotesightError('no_vision_model', 'no model to talk to', { data: { host: server.host } });
  }
  return createOllamaConversationModel(server, name, signal, { contextLength, keepAlive });
}
