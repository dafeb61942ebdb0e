import { NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { subjectAt } from '../servers/http/subject-at.ts';
import type { ModelSource } from '../servers/server-models.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { type OpenedVision, openVision } from './open-vision.ts';
import { createVisionPool, type PoolMember } from './vision-pool.ts';

/** A server that is not used, and why. */
export interface UnusedServer {
  readonly host: string;
  readonly error: NotesightError;
}

export interface OpenedPool extends OpenedVision {
  /** The servers in use, in order of preference. */
  readonly hosts: readonly string[];
  readonly unused: readonly UnusedServer[];
}

export interface PoolOptions {
  /** The model's name; '' for the best of the first server. */
  readonly named: string;
  /** How many images to send to a server at once, unless its address specifies a number. */
  readonly atOnce: number;
  /** Called once for each server that fails while others continue. */
  readonly onLost: (host: string, error: NotesightError) => void;
}

/**
 * Opens a model on the first reachable server that has it, and the same model on all others.
 * @throws NotesightError if no server is suitable, the error of the one that comes closest
 */
export async function openVisionPool(
  sources: ModelSources,
  { named, atOnce, onLost }: PoolOptions,
  signal: AbortSignal,
): Promise<OpenedPool> {
  const unused: UnusedServer[] = [];
  const opened = await sources.first(
    (source) => openVision(source, named, signal),
    signal,
    (host, error) => unused.push({ host, error }),
  );
  const { host } = opened.source.server;
  const first: PoolMember = memberOf(opened.source, opened.model, atOnce);
  const others: PoolMember[] = [];
  for (const { host: other, value, error } of await sources
    .after(host)
    .all(async (source) => memberOf(source, await sameModel(source, opened, signal), atOnce), signal)) {
    if (error === null) others.push(value);
    else unused.push({ host: other, error });
  }
  return {
    ...opened,
    model: others.length === 0 ? opened.model : createVisionPool(first, others, onLost),
    hosts: [first, ...others].map((member) => member.host),
    unused,
  };
}

function memberOf({ server }: ModelSource, model: VisionModel, atOnce: number): PoolMember {
  return { host: server.host, model, atOnce: server.atOnce ?? atOnce };
}

/** Answers in the log are not kept apart by server, so the model must be identical on all of them. */
async function sameModel(
  source: ModelSource,
  { model, cloud }: OpenedVision,
  signal: AbortSignal,
): Promise<VisionModel> {
  const { api, server } = source;
  const missing = () =>
    new NotesightError('model_missing', `no model ${model.name}`, {
      data: subjectAt(api, server.host, model.name),
    });
  if (api !== model.engine) throw missing();
  const listed = (await source.list(signal)).find(({ name }) => name === model.name);
  if (listed?.cloud !== cloud) throw missing();
  const same = await source.vision(model.name, signal);
  if (same.version !== model.version) throw missing();
  return same;
}
