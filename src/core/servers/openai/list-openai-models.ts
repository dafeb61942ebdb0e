import * as z from 'zod/mini';

import { NotesightError } from '../../errors.ts';
import { isVisionName } from '../../model/families/vision-name.ts';
import type { ServerModel } from '../../model/server-model.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { apiUrl, askOpenAi, subjectOf } from './openai-call.ts';

/** A model as reported by its server. */
export interface OpenAiServerModel extends ServerModel {
  /** Tokens of context that the model is served with; null if the server doesn't report it. */
  readonly contextLength: number | null;
  /** Whether the server passes arguments to the chat template. */
  readonly takesTemplateArguments: boolean;
}

const number = z.nullish(z.number());
const strings = z.nullish(z.array(z.string()));
const Model = z.object({
  id: z.string(),
  owned_by: z.nullish(z.string()),
  // llama-server and OpenRouter
  architecture: z.nullish(z.object({ input_modalities: strings })),
  // llama-server
  meta: z.nullish(z.object({ n_ctx: number, size: number })),
  status: z.nullish(z.object({ value: z.nullish(z.string()) })),
  // vLLM
  max_model_len: number,
  // OpenRouter and others
  context_length: number,
});
/** llama-server repeats the facts in Ollama's format, and older versions use only that format. */
const Models = z.object({
  data: z.array(Model),
  models: z.nullish(z.array(z.object({ name: z.string(), capabilities: strings }))),
});
type Model = z.infer<typeof Model>;

const Props = z.object({
  modalities: z.nullish(z.object({ vision: z.nullish(z.boolean()) })),
  default_generation_settings: z.nullish(z.object({ n_ctx: number })),
});
type Props = z.infer<typeof Props>;

/** Servers that accept `chat_template_kwargs`, by the owner they report for their models. */
const TAKE_TEMPLATE_ARGUMENTS = ['llamacpp', 'vllm', 'sglang'];
const EMBEDS = /embed|\bbge-|\be5-|\bgte-|minilm/;

/**
 * Returns all models of an OpenAI-compatible server in its order. Facts that the server doesn't report are
 * guessed from the name.
 * @throws NotesightError every code of a server
 */
export async function listOpenAiModels(
  server: ModelServer,
  signal: AbortSignal,
): Promise<OpenAiServerModel[]> {
  const question = {
    url: apiUrl(server.host, '/models'),
    subject: subjectOf(server),
    limit: server.limits?.discovery ?? TIME_LIMITS.discovery,
  };
  const { data, models } = await askOpenAi(server, question, (value) => Models.parse(value), signal);
  return Promise.all(
    data.map(async (model) => {
      const capabilities = models?.find(({ name }) => name === model.id)?.capabilities;
      const props = model.owned_by === 'llamacpp' ? await askProps(server, model, signal) : null;
      return serverModel(model, capabilities ?? null, props);
    }),
  );
}

function serverModel(
  model: Model,
  capabilities: readonly string[] | null,
  props: Props | null,
): OpenAiServerModel {
  const reported =
    props?.modalities?.vision ??
    model.architecture?.input_modalities?.includes('image') ??
    capabilities?.includes('multimodal');
  const name = model.id.toLowerCase();
  const embeds = EMBEDS.test(name);
  return {
    name: model.id,
    digest: '',
    sizeBytes: model.meta?.size ?? 0,
    family: '',
    parameters: '',
    supportsImages: reported ?? (!embeds && isVisionName(name)),
    guessed: reported === undefined,
    canChat: !embeds,
    canEmbed: embeds,
    cloud: false,
    loaded: model.status?.value === 'loaded',
    contextLength:
      props?.default_generation_settings?.n_ctx ??
      model.meta?.n_ctx ??
      model.max_model_len ??
      model.context_length ??
      null,
    takesTemplateArguments: TAKE_TEMPLATE_ARGUMENTS.includes(model.owned_by ?? ''),
  };
}

/**
 * Reads facts that only llama-server reports. A llama-server with several models would have to load the model
 * first.
 * @returns null if the server does not report them
 */
async function askProps(
  server: ModelServer,
  { id, status }: Model,
  signal: AbortSignal,
): Promise<Props | null> {
  if (status != null && status.value !== 'loaded') return null;
  const question = {
    url: `${server.host.replace(/\/v\d+$/, '')}/props?model=${encodeURIComponent(id)}`,
    subject: subjectOf(server, id),
    limit: server.limits?.discovery ?? TIME_LIMITS.discovery,
  };
  try {
    return await askOpenAi(server, question, (value) => Props.parse(value), signal);
  } catch (error) {
    if (error instanceof NotesightError && DOES_NOT_TELL.includes(error.code)) return null;
    throw error;
  }
}

/** A gateway may expose only the paths below `/v1`. */
const DOES_NOT_TELL: readonly string[] = ['server_error', 'model_missing', 'unauthorized'];
