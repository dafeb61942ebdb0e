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
  /** Who finds things where no model does; null where there are none. */
  readonly openRecognizers: () => Promise<ImageRecognizers | null>;
}

/** Finds what is where: by the model of the settings where it can tell, else by another of a server, else by the experts. */
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
