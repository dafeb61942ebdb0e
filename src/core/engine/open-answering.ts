import type { ConversationModel } from '../model/conversation-model.ts';
import { chooseModel } from '../model/families/choose-model.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ModelSource } from '../servers/server-models.ts';
import { chooseServerChatModel } from './open-conversation.ts';
import { openVision } from './open-vision.ts';

/** The models of one server that answer a question about images. */
export interface Answering {
  /** Answers. */
  readonly model: ConversationModel;
  /** Describes images that have no description yet; null if no model of the server supports images. */
  readonly vision: VisionModel | null;
  /** Analyzes a region that the answering model asks for; null if no model can. */
  readonly closeUp: ConversationModel | null;
  readonly host: string;
  /** Whether the server sends the question to another machine. */
  readonly cloud: boolean;
}

/**
 * Opens the model that answers: the one named, or the best for questions. If it supports images, it also describes
 * them, so that the server need not swap models; otherwise the best vision model of that server does. A cloud model
 * is only used by name.
 * @param named '' for the best
 * @throws NotesightError `model_missing`, `no_vision_model` and every code of a server
 */
export async function openAnswering(
  source: ModelSource,
  named: string,
  signal: AbortSignal,
): Promise<Answering> {
  const models = await source.list(signal);
  const { name, cloud } = chooseServerChatModel(source, models, named);
  const model = await source.conversation(name, signal);
  const facts = { host: source.server.host, cloud };
  if (model.supportsImages) {
    const { model: vision } = await openVision(source, name, signal);
    return { ...facts, model, vision, closeUp: model };
  }
  if (chooseModel(models) === null) return { ...facts, model, vision: null, closeUp: null };
  const { model: vision } = await openVision(source, '', signal);
  const closeUp = model.canCallTools ? await source.conversation(vision.name, signal) : null;
  return { ...facts, model, vision, closeUp };
}
