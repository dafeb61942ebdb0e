import { createKnownDescriber } from '../core/caption/describe-known.ts';
import { openVision } from '../core/engine/open-vision.ts';
import { lacksImageSupport } from '../core/error-kinds.ts';
import { NotesightError } from '../core/errors.ts';
import { fingerprint } from '../core/image/fingerprint.ts';
import type { ConversationModel } from '../core/model/conversation-model.ts';
import type { Description, ImageContext } from '../core/model/image-description.ts';
import type { VisionModel } from '../core/model/vision-model.ts';
import type { ImageStore } from '../core/ports.ts';
import type { ModelSource } from '../core/servers/server-models.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { CaptionLog } from '../core/storage/caption-log.ts';
import type { CaptionerPorts } from './captioner.ts';
import { openConversationModel } from './conversation.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { leavesNetwork } from './notices.ts';

export interface AnsweringPorts extends Pick<
  CaptionerPorts,
  'codec' | 'openEmbedded' | 'openMemory' | 'settings'
> {
  readonly images: ImageStore;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  readonly words: EditorWords;
}

/** Who answers, and who tells what images show. */
export interface Answering {
  readonly model: ConversationModel;
  readonly describe: (file: string, context: ImageContext, signal: AbortSignal) => Promise<Description>;
  /** Who looks closely where the model that answers asks for it; null where none can see. */
  readonly looks: ConversationModel | null;
  /** What a user should know of the model: that it can't see, that it is on another machine; '' for nothing. */
  readonly notice: string;
}

/**
 * Opens the model that answers, of the first server that answers. Where it can't see, another one of that server describes
 * images; where none can, the embedded engine does; without it, only what is in the log is known of them.
 * @throws NotesightError every code of a server or model, `memory_unreadable`
 */
export async function openAnswering(ports: AnsweringPorts, signal: AbortSignal): Promise<Answering> {
  const { images, codec, openEmbedded, openMemory, settings, servers, words } = ports;
  const { log } = await openMemory();
  await log.refresh();
  const { model: named } = settings();
  const sources = await servers();
  return sources.first(async (source) => {
    const model = await openConversationModel(source, named, signal);
    const looks = await lookingModel(source, named, signal);
    const tells = looks ?? (await openEmbedded());
    const describe =
      tells === null ? onlyKnown(images, log) : createKnownDescriber({ images, codec, log, model: tells });
    const other =
      model.supportsImages || looks === null || !model.canCallTools
        ? null
        : await openConversationModel(source, looks.name, signal);
    const notice = [
      ...(model.supportsImages ? [] : [words.chatNotes.cannotSee]),
      ...leavesNetwork(words, [source.server.host]),
    ].join(' ');
    return { model, describe, looks: model.supportsImages ? model : other, notice };
  }, signal);
}

/** The model of the settings, else another that can see; null where none can. */
async function lookingModel(
  source: ModelSource,
  named: string,
  signal: AbortSignal,
): Promise<VisionModel | null> {
  for (const name of new Set([named, ''])) {
    try {
      return (await openVision(source, name, signal)).model;
    } catch (error) {
      if (!lacksImageSupport(error)) throw error;
    }
  }
  return null;
}

/** From the log, whoever has put it there. */
function onlyKnown(images: ImageStore, log: CaptionLog): Answering['describe'] {
  return async (file, _context, signal) => {
    const known = log.last(await fingerprint(await images.read(file, signal)));
    if (known === undefined) throw new NotesightError('no_vision_model', 'no model can see');
    return known;
  };
}
