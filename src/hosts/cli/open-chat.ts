import { pickChatModel } from '../../core/engine/open-conversation.ts';
import { openVision } from '../../core/engine/open-vision.ts';
import type { ConversationModel } from '../../core/model/conversation-model.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { ModelSource } from '../../core/servers/server-models.ts';
import { embedded, leaveNotes } from './choose-engine.ts';
import { openModels } from './open-models.ts';
import { inWords, say } from './output.ts';

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
 * The model that the user named, or the best for questions, of the first server that has one. Where it can't see, another
 * model of that server describes the images, or the embedded engine reads them.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`
 */
export async function openChat(
  named: { readonly hosts: readonly string[]; readonly model: string | undefined },
  signal: AbortSignal,
): Promise<Chat> {
  return openModels(named.hosts).first(
    (source) => ofServer(source, named.model, signal),
    signal,
    (host, error) => {
      say(`Skipped the server ${host}. ${inWords(error)}`);
    },
  );
}

async function ofServer(source: ModelSource, named: string | undefined, signal: AbortSignal): Promise<Chat> {
  const { host } = source.server;
  const models = await source.list(signal);
  const chosen = pickChatModel(source, models, named ?? '');
  const model = await source.conversation(chosen.name, signal);
  const sees =
    model.canSee || models.some(({ canSee, cloud, name }) => canSee && !cloud && name !== model.name);
  const why = [
    `Using ${model.name} at ${host}.`,
    model.canSee ? '' : ' It is a text-only model: it receives descriptions of the images.',
    leaveNotes('question', [host], chosen.cloud),
  ].join('');
  if (!sees) {
    const engine = await embedded('The server has no vision model.');
    return { model, describes: engine.model, looks: null, why, close: () => engine.close() };
  }
  const { model: describes } = await openVision(source, model.canSee ? model.name : '', signal);
  const other = model.canCallTools ? await source.conversation(describes.name, signal) : null;
  const looks = model.canSee ? model : other;
  return { model, describes, looks, why, close: () => Promise.resolve() };
}
