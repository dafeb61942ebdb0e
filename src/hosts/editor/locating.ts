import type { ImageExperts } from '../../core/experts/image-experts.ts';
import { createLocator, type Locator } from '../../core/locate/locator.ts';
import { openPointingModel } from '../../core/locate/open-pointing-model.ts';
import { listModels } from '../../core/model/ollama/list-models.ts';
import { createOllamaConversationModel } from '../../core/model/ollama/ollama-conversation-model.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import type { ImageCodec, ImageStore } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';

export interface LocatingPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly settings: () => Settings;
  readonly server: () => ModelServer | Promise<ModelServer>;
  /** Who finds things where no model does; null where there are none. */
  readonly experts: Pick<ImageExperts, 'findThings'> | null;
}

/** Finds what is where: by the model of the settings where it can tell, else by another of the server, else by the experts. */
export function createEditorLocator({ settings, server, ...ports }: LocatingPorts): Locator {
  return createLocator(
    {
      ...ports,
      async openModel(signal) {
        const { model, contextLength, keepAlive } = settings();
        const at = await server();
        return openPointingModel(
          {
            list: (stop) => listModels(at, stop),
            conversation: (name, stop) =>
              createOllamaConversationModel(at, name, stop, { contextLength, keepAlive }),
          },
          model,
          { host: at.host },
          signal,
        );
      },
    },
    () => settings().model,
  );
}
