import { isNoVisionServer, lacksImageSupport } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { Settings } from '../settings/settings.ts';

/** Who may look. */
export interface Engines {
  readonly server: () => Promise<VisionModel>;
  /** A model of the server that can't see, told by experts; null where they are not there. */
  readonly told: () => Promise<VisionModel | null>;
  /** Null where it is not there. */
  readonly embedded: () => Promise<VisionModel | null>;
}

/**
 * Opens who looks at images: a model on a server; where none can see, one that is told by experts; or, where the settings
 * say so or where there is no server and nobody named a model, the embedded engine.
 * @param onFallback told who stands in for a model that sees, and why
 * @throws NotesightError `pack_missing` and what the two throw
 */
export async function openEngine(
  { engine, model }: Pick<Settings, 'engine' | 'model'>,
  { server, told, embedded }: Engines,
  onFallback: (model: VisionModel, why: NotesightError) => void,
): Promise<VisionModel> {
  if (engine === 'embedded') {
    const opened = await embedded();
    if (opened === null) throw new NotesightError('pack_missing', 'the embedded engine is not there');
    return opened;
  }
  try {
    return await server();
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    const mayRecognise = engine === 'auto' && model === '' && isNoVisionServer(error);
    const opened =
      (lacksImageSupport(error) ? await unlessItFails(told) : null) ??
      (mayRecognise ? await embedded() : null);
    if (opened === null) throw error;
    onFallback(opened, error);
    return opened;
  }
}

/** Why none can see tells the user more than why none can be told. */
async function unlessItFails(open: Engines['told']): Promise<VisionModel | null> {
  try {
    return await open();
  } catch (error) {
    if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
    return null;
  }
}
