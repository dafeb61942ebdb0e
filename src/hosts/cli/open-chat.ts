import { type Answering, openAnswering } from '../../core/engine/open-answering.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { createEmbeddedVisionModel } from '../../core/recognition/embedded-vision-model.ts';
import { createLazyRecognizers } from '../../node/lazy-recognizers.ts';
import { privacyNote } from './choose-engine.ts';
import { openModels } from './open-models.ts';
import { errorText, say } from './output.ts';

export interface Chat extends Pick<Answering, 'model' | 'closeUp'> {
  /** Describes images that have no description yet. */
  readonly vision: VisionModel;
  /** Which model answers, and whether images leave the machine. */
  readonly why: string;
  close(): Promise<void>;
}

/**
 * Opens the model named by the user, or the best model for questions on the first server that has one. If no model of
 * that server supports images, the embedded engine reads them.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`
 */
export async function openChat(
  named: { readonly hosts: readonly string[]; readonly model: string | undefined },
  signal: AbortSignal,
): Promise<Chat> {
  const skipped: { readonly host: string; readonly error: NotesightError }[] = [];
  const sayAllBut = (reported: unknown): void => {
    for (const { host, error } of skipped)
      if (error !== reported) say(`Skipped the server ${host}. ${errorText(error)}`);
  };
  const { model, vision, closeUp, host, cloud } = await openModels(named.hosts)
    .first(
      (source) => openAnswering(source, named.model ?? '', signal),
      signal,
      (passed, error) => skipped.push({ host: passed, error }),
    )
    .catch((error: unknown) => {
      sayAllBut(error);
      throw error;
    });
  sayAllBut(null);
  const recognizers = createLazyRecognizers();
  const why = [
    `Using ${model.name} at ${host}.`,
    model.supportsImages ? '' : ' It is a text-only model: it receives descriptions of the images.',
    privacyNote('question', [host], cloud),
  ].join('');
  return {
    model,
    closeUp,
    vision: vision ?? createEmbeddedVisionModel(await recognizers.open()),
    why,
    close: recognizers.close,
  };
}
