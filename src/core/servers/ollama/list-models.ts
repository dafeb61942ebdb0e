import * as z from 'zod/mini';

import type { ServerModel } from '../../model/server-model.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { askOllama } from './ollama-call.ts';
import { showModel } from './show-model.ts';

const Tags = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      digest: z.nullish(z.string()),
      size: z.nullish(z.number()),
      details: z.nullish(z.object({ family: z.nullish(z.string()), parameter_size: z.nullish(z.string()) })),
      capabilities: z.nullish(z.array(z.string())),
      remote_host: z.nullish(z.string()),
      remote_model: z.nullish(z.string()),
    }),
  ),
});
const Running = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Returns all models of the server in its order. @throws NotesightError every code of a server */
export async function listModels(server: ModelServer, signal: AbortSignal): Promise<ServerModel[]> {
  const guard = { subject: { host: server.host }, first: server.limits?.discovery ?? TIME_LIMITS.discovery };
  const [tags, running] = await Promise.all([
    askOllama(server, guard, signal, async (client) => Tags.parse(await client.list())),
    askOllama(server, guard, signal, async (client) => Running.parse(await client.ps())),
  ]);
  const loaded = new Set(running.models.map(({ name }) => name));
  return Promise.all(
    tags.models.map(async (model) => ({
      name: model.name,
      digest: model.digest ?? '',
      sizeBytes: model.size ?? 0,
      family: model.details?.family ?? '',
      parameters: model.details?.parameter_size ?? '',
      // The list includes capabilities since server 0.30; before, each model needs a request.
      supportsImages: model.capabilities
        ? model.capabilities.includes('vision')
        : (await showModel(server, model.name, signal)).supportsImages,
      canChat: model.capabilities?.includes('completion') ?? true,
      canEmbed: model.capabilities?.includes('embedding') ?? false,
      guessed: false,
      cloud: Boolean(model.remote_host ?? model.remote_model) || isCloudName(model.name),
      loaded: loaded.has(model.name),
    })),
  );
}

/** Whether a name belongs to a model that runs at ollama.com: `qwen3-vl:235b-cloud`, `gpt-oss:cloud`. */
export function isCloudName(name: string): boolean {
  return /[:-]cloud$/.test(name);
}
