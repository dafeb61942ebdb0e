import { openEngine, type StandIn } from '../core/engine/open-engine.ts';
import { openVisionPool } from '../core/engine/open-vision-pool.ts';
import type { NotesightError } from '../core/errors.ts';
import { detectLanguage } from '../core/language/detect-language.ts';
import type { VisionModel } from '../core/model/vision-model.ts';
import type { Recognizers } from '../core/ports.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { ServerNews } from './server-news.ts';

export interface EditorModelPorts {
  readonly settings: () => Settings;
  readonly servers: () => ModelSources | Promise<ModelSources>;
  readonly openRecognizers: () => Promise<Recognizers | null>;
  readonly news: ServerNews;
  /** Called with each engine that replaces a vision model. */
  readonly onStandIn: (engine: StandIn) => void;
}

/**
 * Opens the engine that the settings choose. Servers in the settings are not named for a single run, so the embedded
 * engine may replace them.
 * @throws NotesightError `pack_missing` and every code of a server
 */
export async function openEditorEngine(
  { settings, servers, openRecognizers, news, onStandIn }: EditorModelPorts,
  signal: AbortSignal,
): Promise<VisionModel> {
  const choice = { ...settings(), isServerNamed: false, mayUseTextOnly: true };
  const ports = { servers, openRecognizers, detectLanguage, onLost: news.lost };
  const engine = await openEngine(choice, ports, signal);
  if (engine.kind === 'server') news.looking(engine.hosts, engine.cloud);
  else if (engine.because !== null) onStandIn(engine);
  return engine.model;
}

/**
 * Opens a model by its name, on every server that has it.
 * @throws NotesightError `model_missing`, `model_cannot_see` and every code of a server
 */
export async function openNamedModel(
  { settings, servers }: Pick<EditorModelPorts, 'settings' | 'servers'>,
  named: string,
  onLost: (host: string, error: NotesightError) => void,
  signal: AbortSignal,
): Promise<VisionModel> {
  const options = { named, atOnce: settings().concurrency, onLost };
  return (await openVisionPool(await servers(), options, signal)).model;
}
