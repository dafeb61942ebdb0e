import { NotesightError } from '../../core/errors.ts';
import type { ConversationModel } from '../../core/model/conversation-model.ts';
import { chooseChatModel } from '../../core/model/server/choose-model.ts';
import { isLocalHost } from '../../core/model/ollama/ollama-host.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { embedded, ofServer } from './choose-engine.ts';
import { openModels } from './open-models.ts';

export interface Chat {
  readonly model: ConversationModel;
  /** Who describes the images that nobody has looked at yet. */
  readonly describes: VisionModel;
  /** Who looks closely where the model that answers asks for it; null where none can see. */
  readonly looks: ConversationModel | null;
  /** Which model answers, and whether images leave the machine. */
  readonly why: string;
  close(): Promise<void>;
}

/**
 * The model that the user named, or the best for questions that the server has. Where it can't see, another model of
 * the server describes the images, or the embedded engine reads them.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`
 */
export async function openChat(
  named: { readonly host: string | undefined; readonly model: string | undefined },
  signal: AbortSignal,
): Promise<Chat> {
  const source = await openModels(named.host, signal);
  const { host } = source.server;
  const about = { host, ...(source.api === 'openai' && { api: source.api }) };
  const models = await source.list(signal);
  const chosen =
    named.model === undefined
      ? chooseChatModel(models)
      : models.find(({ name }) => name === named.model || name === `${named.model}:latest`);
  if (chosen === undefined)
    throw new NotesightError('model_missing', 'no such model', { data: { ...about, model: named.model } });
  if (chosen === null) throw new NotesightError('no_vision_model', 'no model', { data: about });

  const model = await source.conversation(chosen.name, signal);
  const sees =
    model.canSee || models.some(({ canSee, cloud, name }) => canSee && !cloud && name !== model.name);
  const engine = sees
    ? await ofServer(source, model.canSee ? model.name : undefined, signal)
    : await embedded('no model of the server can see.');
  const other = sees && model.canCallTools ? await source.conversation(engine.model.name, signal) : null;
  const looks = model.canSee ? model : other;
  const parts = [
    `${model.name} at ${host} answers.`,
    model.canSee ? '' : ' It cannot see: it knows the images in words only.',
    isLocalHost(host) ? '' : ` What is asked leaves this machine and its network: it is sent to ${host}.`,
    chosen.cloud ? ' What is asked leaves this machine: the model runs on another one, in the cloud.' : '',
  ];
  return { model, describes: engine.model, looks, why: parts.join(''), close: () => engine.close() };
}
