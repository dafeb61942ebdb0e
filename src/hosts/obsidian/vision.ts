import type { App } from 'obsidian';
import { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import { chooseModel } from '../../core/model/server/choose-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import { createOllamaVisionModel } from '../../core/model/ollama/ollama-vision-model.ts';
import { withHeaders } from '../../core/model/server/with-headers.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { Fetch } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';

/** The server that the settings name, with the secrets of this device. */
export function serverOf(app: App, settings: Settings, host: string, fetch: Fetch): ModelServer {
  const secret = (name: string) => app.secretStorage.getSecret(name) ?? '';
  const token = settings.tokenSecret === '' ? '' : secret(settings.tokenSecret);
  // A secret that this device doesn't have leaves its header out.
  const headers = settings.headers
    .map(({ name, secret: named }) => ({ name, value: secret(named) }))
    .filter(({ value }) => value !== '');
  return { host, fetch: withHeaders(fetch, host, { token, headers }) };
}

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
