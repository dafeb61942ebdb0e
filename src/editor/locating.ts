import { createLocator, type Locator } from '../core/detect/detector.ts';
import { openPointingModel } from '../core/engine/open-pointing.ts';
import type { ImageCodec, ImageStore } from '../core/ports.ts';
import type { ImageExperts } from '../core/recognition/image-recognizers.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { Settings } from '../core/settings/settings.ts';

export interface LocatingPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly settings: () => Settings;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  /** Who finds things where no model does; null where there are none. */
  readonly openExperts: () => Promise<ImageExperts | null>;
}

/** Finds what is where: by the model of the settings where it can tell, else by another of a server, else by the experts. */
export function createEditorLocator({ settings, servers, ...ports }: LocatingPorts): Locator {
  return createLocator(
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
