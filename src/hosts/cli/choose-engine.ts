import { openEngine, type Engine as OpenedEngine } from '../../core/engine/open-engine.ts';
import { type OpenedPool, openVisionPool } from '../../core/engine/open-vision-pool.ts';
import type { NotesightError } from '../../core/errors.ts';
import { detectLanguage } from '../../core/language/detect-language.ts';
import type { VisionModel } from '../../core/model/vision-model.ts';
import { isLocalHost } from '../../core/settings/server-address.ts';
import { nameOfServer } from './name-of-server.ts';
import { createLazyRecognizers } from '../../node/lazy-recognizers.ts';
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
 * Opens the engine for a run. A server or model that the user named is what they get, or an error.
 * @throws NotesightError the codes of a server, `no_vision_model`, `model_missing`, `model_cannot_see`
 */
export async function chooseEngine(choice: EngineChoice, signal: AbortSignal): Promise<Engine> {
  const { engine, hosts, model = '', second, concurrency } = choice;
  const api = engine === 'ollama' || engine === 'openai' ? engine : undefined;
  const servers = openModels(hosts, api);
  const recognizers = createLazyRecognizers();
  const onLost = (host: string, error: NotesightError): void => {
    say(`${host} dropped out, the others go on: ${inWords(error)}`);
  };
  const opened = await openEngine(
    {
      engine: api === undefined ? (engine === 'embedded' ? 'embedded' : 'auto') : 'server',
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
  return {
    model: opened.model,
    second: other?.model ?? null,
    why: whyOf(opened, other),
    close: recognizers.close,
  };
}

/** The sentences that a run begins with: what describes the images, why, and whether they leave the machine. */
function whyOf(engine: OpenedEngine, other: OpenedPool | null): string {
  switch (engine.kind) {
    case 'embedded':
      return embeddedWhy(engine.because === null ? 'you named it.' : inWords(engine.because));
    case 'text-only': {
      const { because, model, host, cloud } = engine;
      return `${inWords(because)} Until then ${model.name} at ${host} writes from what is recognised on this machine (text, things in photos).${leaveNotes('text', [host], cloud)}`;
    }
    case 'server': {
      const { model, source, why, cloud, hosts, left } = engine;
      for (const { host, error } of left) say(`${host} is left out: ${inWords(error)}`);
      const who =
        hosts.length === 1
          ? `${nameOfServer(source)} at ${hosts.join()} looks`
          : `${hosts.length} servers look: ${hosts.join(', ')}`;
      const opinion =
        other === null ? '' : ` ${other.model.name} gives a second opinion: three requests for each image.`;
      const all = [...new Set([...hosts, ...(other?.hosts ?? [])])];
      return `${who}, with ${model.name}: ${why}.${opinion}${leaveNotes('images', all, cloud || other?.cloud === true)}`;
    }
  }
}

const embeddedWhy = (reason: string): string =>
  `The embedded engine reads the text in the images (OCR) and recognises things in photos: ${reason}`;

const SENT = {
  text: ['What is recognised leaves', 'it is'],
  images: ['The images leave', 'they are'],
  question: ['What is asked leaves', 'it is'],
} as const;

/** What a user should know before anything is sent; '' where all stays on this machine and its network. */
export function leaveNotes(what: keyof typeof SENT, hosts: readonly string[], cloud: boolean): string {
  const far = hosts.filter((host) => !isLocalHost(host));
  const [leaves, are] = SENT[what];
  return [
    far.length === 0 ? '' : ` ${leaves} this machine and its network: ${are} sent to ${far.join(', ')}.`,
    cloud ? ` ${leaves} this machine: the model runs on another one, in the cloud.` : '',
  ].join('');
}
