import { NotesightError } from '../../core/errors.ts';
import { isBlindness } from '../../core/model/server/is-blindness.ts';
import { isNoServer } from '../../core/model/server/is-no-server.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { Settings } from '../../core/settings.ts';

/** Who may look. */
export interface Engines {
  readonly server: () => Promise<VisionModel>;
  /** A model of the server that can't see, told by experts; null where they are not there. */
  readonly unseeing: () => Promise<VisionModel | null>;
  /** Null where it is not there. */
  readonly embedded: () => Promise<VisionModel | null>;
}

/**
 * Opens who looks at images: a model on a server; one that can't see, by what experts tell it; or, where the settings say so or where there is none and nobody named
 * one, the embedded engine.
 * @param onFallback told why the embedded engine looks instead of a server
 * @throws NotesightError `pack_missing` and what the two throw
 */
export async function openEngine(
  { engine, model }: Pick<Settings, 'engine' | 'model'>,
  { server, unseeing, embedded }: Engines,
  onFallback: (why: NotesightError) => void,
): Promise<VisionModel> {
  if (engine === 'embedded') {
    const opened = await embedded();
    if (opened === null) throw new NotesightError('pack_missing', 'the embedded engine is not there');
    return opened;
  }
  try {
    return await server();
  } catch (error) {
    if (isBlindness(error)) {
      const told = await unseeing().catch(() => null);
      if (told !== null) {
        onFallback(error);
        return told;
      }
    }
    if (engine !== 'auto' || model !== '' || !isNoServer(error)) throw error;
    const opened = await embedded();
    if (opened === null) throw error;
    onFallback(error);
    return opened;
  }
}
