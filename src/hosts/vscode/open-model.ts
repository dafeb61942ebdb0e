import type { NotesightError } from '../../core/errors.ts';
import { createEmbeddedVisionModel } from '../../core/model/embedded/embedded-vision-model.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { Expert, ReadLine } from '../../core/ports.ts';
import { openVisionModel } from '../editor/vision.ts';
import { once } from '../editor/once.ts';
import { isNoServer } from '../node/is-no-server.ts';
import type { VscodeSettings } from './settings.ts';

/** Opens who looks at images. */
export interface ModelOpener {
  /**
   * @param onFallback told why the embedded engine looks instead of Ollama
   * @throws NotesightError every code of a server or model
   */
  open(
    server: ModelServer,
    settings: VscodeSettings,
    signal: AbortSignal,
    onFallback: (why: NotesightError) => void,
  ): Promise<VisionModel>;
  /** Reads text in images; a worker starts with the first. */
  reader(): Promise<Expert<ReadLine>>;
  close(): Promise<void>;
}

export function createModelOpener(): ModelOpener {
  let close = () => Promise.resolve();
  const openAll = once(async () => {
    const { openExperts } = await import('../node/open-experts.ts');
    const experts = openExperts();
    close = () => experts.close();
    return experts;
  });
  const embedded = once(async () => createEmbeddedVisionModel(await openAll()));
  return {
    reader: async () => (await openAll()).text,
    async open(server, settings, signal, onFallback) {
      if (settings.engine === 'embedded') return embedded();
      try {
        return await openVisionModel(server, settings, signal);
      } catch (error) {
        const mayFallBack = settings.engine === 'auto' && settings.model === '';
        if (!mayFallBack || !isNoServer(error)) throw error;
        onFallback(error);
        return embedded();
      }
    },
    close: () => close(),
  };
}
