import { openEngine } from '../../../core/engine/open-engine.ts';
import { openTextOnlyVision } from '../../../core/engine/open-text-only-vision.ts';
import type { NotesightError } from '../../../core/errors.ts';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import type { VisionModel } from '../../../core/model/vision-model.ts';
import type { Recognizer, ReadLine } from '../../../core/ports.ts';
import { createEmbeddedVisionModel } from '../../../core/recognition/embedded-vision-model.ts';
import type { ModelSources } from '../../../core/servers/server-pool.ts';
import { once } from '../../../editor/once.ts';
import { openVisionModel } from '../../../editor/open-models.ts';
import type { ServerNews } from '../../../editor/server-news.ts';
import type { VscodeSettings } from './settings.ts';

/** Opens who looks at images. */
export interface ModelOpener {
  /**
   * @param onFallback told who stands in for a model that sees, and why
   * @throws NotesightError every code of a server or model
   */
  open(
    sources: ModelSources,
    settings: VscodeSettings,
    news: ServerNews,
    onFallback: (model: VisionModel, why: NotesightError) => void,
    signal: AbortSignal,
  ): Promise<VisionModel>;
  /** The engine that works without a server. */
  embedded(): Promise<VisionModel>;
  /** Reads text in images; a worker starts with the first. */
  reader(): Promise<Recognizer<ReadLine>>;
  close(): Promise<void>;
}

export function createModelOpener(): ModelOpener {
  let close = () => Promise.resolve();
  const openAll = once(async () => {
    const { openRecognizers } = await import('../../../node/open-recognizers.ts');
    const recognizers = openRecognizers();
    close = () => recognizers.close();
    return recognizers;
  });
  const embedded = once(async () => createEmbeddedVisionModel(await openAll()));
  return {
    embedded,
    reader: async () => (await openAll()).text,
    open: (sources, settings, news, onFallback, signal) =>
      openEngine(
        settings,
        {
          server: () => openVisionModel(sources, settings, news, signal),
          async told() {
            const told = { recognizers: await openAll(), detectLanguage };
            return (await openTextOnlyVision(sources, settings, told, signal)).model;
          },
          embedded,
        },
        onFallback,
      ),
    close: () => close(),
  };
}
