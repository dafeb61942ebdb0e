import * as z from 'zod/mini';

import type { ModelKind } from '../../model/families/input-size.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { askOllama } from './ollama-call.ts';

/** The facts that the server reports about a model. */
export interface ModelFacts extends ModelKind {
  readonly supportsImages: boolean;
  /** Whether the model supports tools; false for servers before 0.6.4, which don't report it. */
  readonly canCallTools: boolean;
  /** The context length that the model was trained for, in tokens; null if the server doesn't report it. */
  readonly contextLength: number | null;
}

const fields = z.nullish(z.looseObject({}));
const Shown = z.object({
  capabilities: z.nullish(z.array(z.string())),
  details: z.nullish(z.object({ family: z.nullish(z.string()), families: z.nullish(z.array(z.string())) })),
  model_info: fields,
  projector_info: fields,
});

/** @throws NotesightError `model_missing` and every code of a server */
export async function showModel(server: ModelServer, name: string, signal: AbortSignal): Promise<ModelFacts> {
  const guard = {
    subject: { host: server.host, model: name },
    first: server.limits?.discovery ?? TIME_LIMITS.discovery,
  };
  return askOllama(server, guard, signal, async (client) => {
    const shown = Shown.parse(await client.show({ model: name }));
    const info = shown.model_info ?? {};
    const contextLength = info[`${String(info['general.architecture'])}.context_length`];
    return {
      name,
      supportsImages: supportsImages(shown.capabilities, shown.details?.families, info),
      canCallTools: shown.capabilities?.includes('tools') ?? false,
      family: shown.details?.family ?? '',
      contextLength: typeof contextLength === 'number' ? contextLength : null,
      fields: info,
      projector: shown.projector_info ?? {},
    };
  });
}

/**
 * Servers report capabilities since 0.6.4; before, image support depends on the families. Source:
 * https://github.com/ollama/ollama/blob/main/server/images.go (Capabilities)
 */
function supportsImages(
  capabilities: readonly string[] | null | undefined,
  families: readonly string[] | null | undefined,
  info: Readonly<Record<string, unknown>>,
): boolean {
  if (capabilities) return capabilities.includes('vision');
  return (
    (families ?? []).some((family) => family === 'clip' || family === 'mllama') ||
    Object.keys(info).some((key) => key.endsWith('.vision.block_count'))
  );
}
