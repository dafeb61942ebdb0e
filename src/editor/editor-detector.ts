import { createDetector, type Detector } from '../core/detect/detector.ts';
import { openPointingModel } from '../core/engine/open-pointing.ts';
import type { ImageCodec, ImageStore } from '../core/ports.ts';
import type { ImageRecognizers } from '../core/recognition/image-recognizers.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { Settings } from '../core/settings/settings.ts';

export interface DetectorPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly settings: () => Settings;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  /** Opens the recognizers used when no model can detect objects; null if there are none. */
  readonly openRecognizers: () => Promise<ImageRecognizers | null>;
}

/**
 * Detects objects with the model in the settings if it returns boxes, otherwise with another model on a server,
 * otherwise with the recognizers.
 */
export function createEditorDetector({ settings, servers, ...ports }: DetectorPorts): Detector {
  return createDetector(
    {
      ...ports,
      async openModel(signal) {
        const sources = await servers();
        return sources.first((source) => openPointingModel(source, settings().model, signal), signal);
      },
    },
    () => settings().model,
  );
}
