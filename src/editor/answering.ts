import { createKnownDescriber, type KnownDescriber } from '../core/caption/describe-known.ts';
import { type Answering, openAnswering } from '../core/engine/open-answering.ts';
import { NotesightError } from '../core/errors.ts';
import { fingerprint } from '../core/image/fingerprint.ts';
import type { ImageStore } from '../core/ports.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { CaptionLog } from '../core/storage/caption-log.ts';
import type { CaptionerPorts } from './captioner.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { leavesNetwork } from './notices.ts';

export interface AnsweringPorts extends Pick<
  CaptionerPorts,
  'codec' | 'notes' | 'openEmbedded' | 'openVaultData' | 'settings'
> {
  readonly images: ImageStore;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  readonly words: EditorWords;
}

/** The models that answer a question in an editor. */
export interface EditorAnswering extends Pick<Answering, 'model' | 'closeUp'>, KnownDescriber {
  /** A warning for the user: the model is text-only, or data leaves the network; '' if there is none. */
  readonly notice: string;
}

/**
 * Opens the models of the first server that responds. If none of them supports images, the embedded engine describes
 * images; without it, only images in the log are available.
 * @throws NotesightError every code of a server or model, `memory_unreadable`
 */
export async function openEditorAnswering(
  { images, codec, openEmbedded, openVaultData, settings, servers, words }: AnsweringPorts,
  signal: AbortSignal,
): Promise<EditorAnswering> {
  const { log } = await openVaultData();
  await log.refresh();
  const sources = await servers();
  return sources.first(async (source) => {
    const { model, vision, closeUp, host, cloud } = await openAnswering(source, settings().model, signal);
    const describing = vision ?? (await openEmbedded());
    const describer =
      describing === null
        ? onlyKnown(images, log)
        : createKnownDescriber({ images, codec, log, model: describing });
    const notice = [
      ...(model.supportsImages ? [] : [words.chatNotes.cannotSee]),
      ...leavesNetwork(words, [host], cloud),
    ].join(' ');
    return { model, ...describer, closeUp, notice };
  }, signal);
}

/** Reads descriptions from the log, whichever model wrote them. */
function onlyKnown(images: ImageStore, log: CaptionLog): KnownDescriber {
  const known: KnownDescriber['known'] = async (file, signal) =>
    log.last(await fingerprint(await images.read(file, signal))) ?? null;
  return {
    known,
    async describe(file, _context, signal) {
      const description = await known(file, signal);
      if (description === null) throw new NotesightError('no_vision_model', 'no model supports images');
      return description;
    },
  };
}
