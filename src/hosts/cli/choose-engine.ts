import { openEngine, type Engine as OpenedEngine } from '../../core/engine/open-engine.ts';
import { type OpenedPool, openVisionPool } from '../../core/engine/open-vision-pool.ts';
import type { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { isLocalHost } from '../../core/settings/server-address.ts';
import { createLazyRecognizers } from '../../node/lazy-recognizers.ts';
import { serverName } from './server-name.ts';
import { openModels } from './open-models.ts';
import { errorText, say } from './output.ts';

export interface EngineChoice {
  readonly engine: 'auto' | 'ollama' | 'openai' | 'embedded';
  /** The servers' addresses in order of preference; empty for those of the environment. */
  readonly hosts: readonly string[];
  /** The model's name, or undefined to choose automatically. */
  readonly model: string | undefined;
  /** Number of concurrent requests per server, unless set for the server itself. */
  readonly concurrency: number;
  /** The name of the second model for the cross-check, or undefined for none. */
  readonly second?: string | undefined;
}

export interface Engine {
  readonly model: VisionModel;
  /** The second model for the cross-check; null for none. */
  readonly second: VisionModel | null;
  /** Which engine is used, why, and whether images leave the machine. */
  readonly why: string;
  close(): Promise<void>;
}

/**
 * Opens the engine for a run. A server or model named by the user is used, or an error is thrown.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function chooseEngine(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  const { engine, hosts, model = '', second, concurrency } = choice;
  const api = engine === 'ollama' || engine === 'openai' ? engine : undefined;
  const servers = openModels(hosts, api);
  const recognizers = createLazyRecognizers();
  const onLost = (host: string, error: NotesightError): void => {
    say(`Lost the server ${host}; continuing with the others. ${errorText(error)}`);
  };
  const opened = await openEngine(
    {
      engine: engine === 'ollama' || engine === 'openai' ? 'server' : engine,
      model,
      isServerNamed: hosts.length > 0 || second !== undefined,
      mayUseTextOnly: second === undefined,
      promptAddition: '',
      concurrency,
    },
    { servers: () => servers, openRecognizers: recognizers.open, detectLanguage, onLost },
    signal,
  );
  const other =
    opened.kind !== 'server' || second === undefined
      ? null
      : await openVisionPool(servers, { named: second, atOnce: concurrency, onLost }, signal);
  if (opened.kind === 'server')
    for (const { host, error } of opened.unused) say(`Skipped the server ${host}. ${errorText(error)}`);
  return {
    model: opened.model,
    second: other?.model ?? null,
    why: whyOf(opened, other),
    close: recognizers.close,
  };
}

/** The first lines of a run: what describes the images, why, and whether they leave the machine. */
function whyOf(engine: OpenedEngine, other: OpenedPool | null): string {
  switch (engine.kind) {
    case 'embedded': {
      const reason = engine.because === null ? '' : ` ${errorText(engine.because)}`;
      return `Using the embedded engine: text recognition (OCR) and object detection.${reason}`;
    }
    case 'text-only': {
      const { because, model, host, cloud } = engine;
      return `${errorText(because)} Until then, ${model.name} at ${host} writes alt text from the text and objects recognized on this machine.${privacyNote('text', [host], cloud)}`;
    }
    case 'server': {
      const { model, source, why, cloud, hosts } = engine;
      const servers =
        hosts.length === 1
          ? `${serverName(source)} at ${hosts.join()}`
          : `${hosts.length} servers: ${hosts.join(', ')}`;
      const opinion =
        other === null ? '' : ` Cross-checking with ${other.model.name}: three requests per image.`;
      const all = [...new Set([...hosts, ...(other?.hosts ?? [])])];
      return `Using ${model.name} (${why}) on ${servers}.${opinion}${privacyNote('images', all, cloud || other?.cloud === true)}`;
    }
  }
}

const SENT = {
  text: ['Recognized text leaves', 'it is'],
  images: ['Images leave', 'they are'],
  question: ['Note text and images leave', 'they are'],
} as const;

/** The warning to show before data is sent; '' if it stays on this machine and its network. */
export function privacyNote(what: keyof typeof SENT, hosts: readonly string[], cloud: boolean): string {
  const far = hosts.filter((host) => !isLocalHost(host));
  const [leaves, are] = SENT[what];
  return [
    far.length === 0 ? '' : ` ${leaves} your network: ${are} sent to ${far.join(', ')}.`,
    cloud ? ` ${leaves} this machine: the model runs in the cloud.` : '',
  ].join('');
}
