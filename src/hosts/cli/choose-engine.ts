import { openUnseeingModel } from '../../core/engine/open-text-only-vision.ts';
import { openVisionPool } from '../../core/engine/open-vision-pool.ts';
import { isNoVisionServer, lacksImageSupport } from '../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import type { ModelSources } from '../../core/servers/server-pool.ts';
import { isLocalHost } from '../../core/settings/server-address.ts';
import { nameOfServer } from './name-of-server.ts';
import { openModels } from './open-models.ts';
import { inWords, say } from './output.ts';

export interface EngineChoice {
  readonly engine: 'auto' | 'ollama' | 'openai' | 'embedded';
  /** The servers' addresses, the first that comes first; none for those of the environment. */
  readonly hosts: readonly string[];
  /** The model's name, or undefined for the best there is. */
  readonly model: string | undefined;
  /** How many images a server is shown at once, where nothing else is said of it. */
  readonly concurrency: number;
  /** The name of the model that gives a second opinion, or undefined for none. */
  readonly second?: string | undefined;
}

export interface Engine {
  readonly model: VisionModel;
  /** Gives a second opinion; null for none. */
  readonly second: VisionModel | null;
  /** Which one looks, why, and whether images leave the machine. */
  readonly why: string;
  close(): Promise<void>;
}

/**
 * `auto` is the server where one answers and has a model that can see, else one that can't and is told by experts, else
 * the embedded engine. Where the user named a server or a model, that is what they get, or an error.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function chooseEngine(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  const { engine, hosts } = choice;
  if (engine === 'embedded') return await embedded('');
  const sources = openModels(hosts, engine === 'auto' ? undefined : engine);
  try {
    return await ofServers(sources, choice, signal);
  } catch (error) {
    const told = lacksImageSupport(error) ? await toldModel(sources, choice, error, signal) : null;
    if (told !== null) return told;
    const named = choice.hosts[0] ?? choice.model ?? choice.second;
    const mayFallBack = choice.engine === 'auto' && named === undefined;
    if (!mayFallBack || !isNoVisionServer(error)) throw error;
    return await embedded(inWords(error));
  }
}

/** Loaded when it is needed: it brings megabytes of code along. */
export async function embedded(why: string): Promise<Engine> {
  const { createEmbeddedVisionModel } = await import('../../core/recognition/embedded-vision-model.ts');
  const { openExperts } = await import('../../node/open-recognizers.ts');
  const experts = openExperts();
  return {
    model: createEmbeddedVisionModel(experts),
    second: null,
    why: `Using the embedded engine: text recognition (OCR) and object detection. ${why}`.trimEnd(),
    close: () => experts.close(),
  };
}

/**
 * A model of the servers: the one named, or the best for captions, on all of them that have it.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
async function ofServers(
  sources: ModelSources,
  { model: named = '', second, concurrency }: EngineChoice,
  signal: AbortSignal,
): Promise<Engine> {
  const onLost = (host: string, error: NotesightError): void => {
    say(`Lost the server ${host}; continuing with the others. ${inWords(error)}`);
  };
  const options = { atOnce: concurrency, onLost };
  const opened = await openVisionPool(sources, { ...options, named }, signal);
  const other =
    second === undefined ? null : await openVisionPool(sources, { ...options, named: second }, signal);
  const { model, source, why, cloud, hosts, left } = opened;
  for (const { host, error } of left) say(`Skipped the server ${host}. ${inWords(error)}`);
  const servers =
    hosts.length === 1
      ? `${nameOfServer(source)} at ${hosts.join()}`
      : `${hosts.length} servers: ${hosts.join(', ')}`;
  const opinion = other === null ? '' : ` Cross-checking with ${other.model.name}: three requests per image.`;
  const all = [...new Set([...hosts, ...(other?.hosts ?? [])])];
  return {
    model,
    second: other?.model ?? null,
    why: `Using ${model.name} (${why}) on ${servers}.${opinion}${leaveNotes('images', all, cloud || other?.cloud === true)}`,
    close: () => Promise.resolve(),
  };
}

/**
 * A model that can't see, told by the experts of this machine.
 * @param blindness why none looks
 * @returns null where the servers have none that can be talked to
 */
async function toldModel(
  sources: ModelSources,
  { model: named = '', second }: EngineChoice,
  blindness: NotesightError,
  signal: AbortSignal,
): Promise<Engine | null> {
  if (second !== undefined) return null;
  const { openExperts } = await import('../../node/open-recognizers.ts');
  const experts = openExperts();
  try {
    const { model, host, cloud } = await openUnseeingModel(
      sources,
      { model: named, promptAddition: '' },
      { experts, detectLanguage },
      signal,
    );
    const why = `${inWords(blindness)} Until then, ${model.name} at ${host} writes alt text from the text and objects recognized on this machine.${leaveNotes('text', [host], cloud)}`;
    return { model, second: null, why, close: () => experts.close() };
  } catch (error) {
    await experts.close();
    if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
    return null;
  }
}

const SENT = {
  text: ['Recognized text leaves', 'it is'],
  images: ['Images leave', 'they are'],
  question: ['Note text and images leave', 'they are'],
} as const;

/** What a user should know before anything is sent; '' where all stays on this machine and its network. */
export function leaveNotes(what: keyof typeof SENT, hosts: readonly string[], cloud: boolean): string {
  const far = hosts.filter((host) => !isLocalHost(host));
  const [leaves, are] = SENT[what];
  return [
    far.length === 0 ? '' : ` ${leaves} your network: ${are} sent to ${far.join(', ')}.`,
    cloud ? ` ${leaves} this machine: the model runs in the cloud.` : '',
  ].join('');
}
