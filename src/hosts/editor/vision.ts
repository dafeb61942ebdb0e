import { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import { chooseModel } from '../../core/model/server/choose-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import { createOllamaVisionModel } from '../../core/model/ollama/ollama-vision-model.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { Settings } from '../../core/settings.ts';

/**
 * The model that the settings name, or the best the server has.
 * @throws NotesightError `no_vision_model` and every code of a server
 */
export async function openVisionModel(
  server: ModelServer,
  settings: Settings,
  signal: AbortSignal,
): Promise<VisionModel> {
  const { contextLength, keepAlive, promptAddition } = settings;
  const name = settings.model || chooseModel(await listModels(server, signal))?.model.name;
  if (name === undefined) {
    throw new NotesightError('no_vision_model', 'No model can see.', { data: { host: server.host } });
  }
  return createOllamaVisionModel(server, name, detectLanguage, signal, {
    contextLength,
    keepAlive,
    promptAddition,
  });
}
