import * as z from 'zod/mini';

import { askOllama } from './ollama-call.ts';
import { TIME_LIMITS, type OllamaServer } from './ollama-server.ts';
import { showModel } from './show-model.ts';

/** A model that a server has. */
export interface ServerModel {
  /** As the server spells it, with its tag. */
  readonly name: string;
  /** Changes with its weights; '' where the server doesn't say. */
  readonly digest: string;
  /** On the server's disk. */
  readonly sizeBytes: number;
  readonly family: string;
  /** As the server writes it: `4.3B`. */
  readonly parameters: string;
  readonly canSee: boolean;
  /** Whether it can be talked to; others only compute embeddings. Servers before 0.30 don't say: then it is taken for true. */
  readonly canChat: boolean;
  /** Whether it computes embeddings. Servers before 0.30 don't say: then it is taken for false. */
  readonly canEmbed: boolean;
  /** Whether the server hands requests on to another machine: images leave this one. */
  readonly cloud: boolean;
  /** Whether it is in memory now and answers without being loaded. */
  readonly loaded: boolean;
}

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

/** All models of the server, in its order. @throws NotesightError every code of a server */
export async function listModels(server: OllamaServer, signal: AbortSignal): Promise<ServerModel[]> {
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
      // The list tells capabilities since server 0.30; before, each model is asked for.
      canSee: model.capabilities
        ? model.capabilities.includes('vision')
        : (await showModel(server, model.name, signal)).canSee,
      canChat: model.capabilities?.includes('completion') ?? true,
      canEmbed: model.capabilities?.includes('embedding') ?? false,
      cloud: Boolean(model.remote_host ?? model.remote_model) || isCloudName(model.name),
      loaded: loaded.has(model.name),
    })),
  );
}

/** Whether a name is one of a model that runs at ollama.com: `qwen3-vl:235b-cloud`, `gpt-oss:cloud`. */
export function isCloudName(name: string): boolean {
  return /[:-]cloud$/.test(name);
}
