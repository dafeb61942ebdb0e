import { isNoVisionServer, isImageSupportMissing } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage, Recognizers } from '../ports.ts';
import { createEmbeddedVisionModel } from '../recognition/embedded-vision-model.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { openTextOnlyVision, type OpenedTextOnly } from './open-text-only-vision.ts';
import { type OpenedPool, openVisionPool } from './open-vision-pool.ts';

/** What the user chose. */
export interface EngineChoice {
  readonly engine: 'auto' | 'server' | 'embedded';
  /** The model's name; '' for the best one. */
  readonly model: string;
  /** Whether the user named a server or a second model for this run: then the embedded engine is never a fallback. */
  readonly isServerNamed: boolean;
  /** Whether a text-only model may replace a vision model. */
  readonly mayUseTextOnly: boolean;
  /** What the user adds to prompts; '' for nothing. */
  readonly promptAddition: string;
  /** How many images to send to each server at once, unless its address specifies a number. */
  readonly concurrency: number;
}

export interface EnginePorts {
  readonly servers: () => ModelSources | Promise<ModelSources>;
  /** Text recognition and object detection; null if they are not installed. */
  readonly openRecognizers: () => Promise<Recognizers | null>;
  readonly detectLanguage: DetectLanguage;
  /** Called once for each server that fails while others continue. */
  readonly onLost: (host: string, error: NotesightError) => void;
}

/** Which engine describes images, and why. Hosts only put this into words. */
export type Engine =
  | ({ readonly kind: 'server' } & OpenedPool)
  /** A text-only model that describes images from what was recognized in them, because no model supports images. */
  | ({ readonly kind: 'text-only'; readonly because: NotesightError } & OpenedTextOnly)
  /** Text recognition and object detection alone; `because` is null if the user chose them. */
  | { readonly kind: 'embedded'; readonly because: NotesightError | null; readonly model: VisionModel };

/** An engine that replaces a vision model. */
export type StandIn = Exclude<Engine, { kind: 'server' }>;

/**
 * Opens the engine that describes images: a vision model on a server; if no model supports images, a text-only one;
 * if there is no server and the user named none, the embedded engine.
 * @throws NotesightError `pack_missing` if the embedded engine is chosen but not installed; every code of a server, with
 * `missing: 'recognizers'` in the data if the embedded engine would have been used
 */
export async function openEngine(
  choice: EngineChoice,
  ports: EnginePorts,
  signal: AbortSignal,
): Promise<Engine> {
  if (choice.engine === 'embedded') {
    const embedded = await openEmbedded(ports, null);
    if (embedded === null) throw new NotesightError('pack_missing', 'the embedded engine is not installed');
    return embedded;
  }
  const servers = await ports.servers();
  try {
    const options = { named: choice.model, atOnce: choice.concurrency, onLost: ports.onLost };
    return { kind: 'server', ...(await openVisionPool(servers, options, signal)) };
  } catch (error) {
    if (!(error instanceof NotesightError)) throw error;
    const textOnly =
      choice.mayUseTextOnly && isImageSupportMissing(error)
        ? await openTextOnly(servers, choice, ports, signal)
        : null;
    if (textOnly !== null) return { kind: 'text-only', because: error, ...textOnly };
    const isFree = choice.engine === 'auto' && choice.model === '' && !choice.isServerNamed;
    if (!isFree || !isNoVisionServer(error)) throw error;
    const embedded = await openEmbedded(ports, error);
    if (embedded !== null) return embedded;
    const data = { ...error.data, missing: 'recognizers' };
    throw new NotesightError(error.code, error.message, { data, cause: error });
  }
}

async function openEmbedded(
  { openRecognizers }: EnginePorts,
  because: NotesightError | null,
): Promise<Engine | null> {
  const recognizers = await openRecognizers();
  return recognizers && { kind: 'embedded', because, model: createEmbeddedVisionModel(recognizers) };
}

/** If no text-only model can be opened either, the missing image support is the more helpful error. */
async function openTextOnly(
  servers: ModelSources,
  { model, promptAddition }: EngineChoice,
  { openRecognizers, detectLanguage }: EnginePorts,
  signal: AbortSignal,
): Promise<OpenedTextOnly | null> {
  try {
    const recognizers = await openRecognizers();
    if (recognizers === null) return null;
    return await openTextOnlyVision(
      servers,
      { model, promptAddition },
      { recognizers, detectLanguage },
      signal,
    );
  } catch (error) {
    if (isCancelled(error) || !(error instanceof NotesightError)) throw error;
    return null;
  }
}
