import type { NotesightError } from '../../core/errors.ts';
import { createEmbeddedVisionModel } from '../../core/model/embedded/embedded-vision-model.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { openVisionModel } from '../editor/vision.ts';
import { openEngine } from '../editor/open-engine.ts';
import { once } from '../editor/once.ts';
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
  close(): Promise<void>;
}

export function createModelOpener(): ModelOpener {
  let close = () => Promise.resolve();
  const embedded = once(async () => {
    const { openExperts } = await import('../node/open-experts.ts');
    const experts = openExperts();
    close = () => experts.close();
    return createEmbeddedVisionModel(experts);
  });
  return {
    open: (server, settings, signal, onFallback) =>
      openEngine(settings, { server: () => openVisionModel(server, settings, signal), embedded }, onFallback),
    close: () => close(),
  };
}
