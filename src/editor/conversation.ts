import { NotesightError } from '../core/errors.ts';
import type { ConversationModel } from '../core/model/conversation-model.ts';
import { chooseChatModel } from '../core/model/families/choose-model.ts';
import { subjectAt } from '../core/servers/http/subject-at.ts';
import type { ModelSource } from '../core/servers/server-models.ts';

/**
 * The model that answers: the one that the settings name, or the best the server has.
 * @param named '' for the best
 * @throws NotesightError `no_vision_model` and every code of a server
 */
export async function openConversationModel(
  { api, server: { host }, list, conversation }: ModelSource,
  named: string,
  signal: AbortSignal,
): Promise<ConversationModel> {
  const name = named || chooseChatModel(await list(signal))?.name;
  if (name === undefined) {
    throw new NotesightError('no_vision_model', 'no model to talk to', { data: subjectAt(api, host) });
  }
  return conversation(name, signal);
}
