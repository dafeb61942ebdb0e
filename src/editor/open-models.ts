import { openVisionPool } from '../core/engine/open-vision-pool.ts';
import type { VisionModel } from '../core/model/vision-model.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { ServerNews } from './server-news.ts';

/**
 * The model that the settings name, or the best that the first server has, on every server that has it.
 * @throws NotesightError `no_vision_model` and every code of a server
 */
export async function openVisionModel(
  sources: ModelSources,
  { model: named, concurrency }: Settings,
  news: ServerNews,
  signal: AbortSignal,
): Promise<VisionModel> {
  const { model, hosts } = await openVisionPool(
    sources,
    { named, atOnce: concurrency, onLost: news.lost },
    signal,
  );
  news.looking(hosts);
  return model;
}
