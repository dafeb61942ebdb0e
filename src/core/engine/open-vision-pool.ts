import { NotesightError } from '../errors.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { subjectAt } from '../servers/http/subject-at.ts';
import type { ModelSource } from '../servers/server-models.ts';
import type { ModelSources } from '../servers/server-pool.ts';
import { type OpenedVision, openVision } from './open-vision.ts';
import { createVisionPool, type PoolMember } from './vision-pool.ts';

/** A server that does not look, and why. */
export interface LeftServer {
  readonly host: string;
  readonly error: NotesightError;
}

export interface OpenedPool extends OpenedVision {
  /** The servers that look, in the order of preference. */
  readonly hosts: readonly string[];
  readonly left: readonly LeftServer[];
}

export interface PoolOptions {
  /** The model's name; '' for the best that the first server has. */
  readonly named: string;
  /** How many images a server is shown at once, where nothing else is said of it. */
  readonly atOnce: number;
  /** Told once of each server that drops out while others go on. */
  readonly onLost: (host: string, error: NotesightError) => void;
}

/**
 * A model of the first server that answers and has it, and the same model on all others that do.
 * @throws NotesightError where no server will do, the error of the one that comes nearest to it
 */
export async function openVisionPool(
  sources: ModelSources,
  { named, atOnce, onLost }: PoolOptions,
  signal: AbortSignal,
): Promise<OpenedPool> {
  const left: LeftServer[] = [];
  const opened = await sources.first(
    (source) => openVision(source, named, signal),
    signal,
    (host, error) => left.push({ host, error }),
  );
  const { host } = opened.source.server;
  const first: PoolMember = memberOf(opened.source, opened.model, atOnce);
  const others: PoolMember[] = [];
  for (const { host: other, value, error } of await sources
    .after(host)
    .all(async (source) => memberOf(source, await sameModel(source, opened, signal), atOnce), signal)) {
    if (error === null) others.push(value);
    else left.push({ host: other, error });
  }
  return {
    ...opened,
    model: others.length === 0 ? opened.model : createVisionPool(first, others, onLost),
    hosts: [first, ...others].map((member) => member.host),
    left,
  };
}

function memberOf({ server }: ModelSource, model: VisionModel, atOnce: number): PoolMember {
  return { host: server.host, model, atOnce: server.atOnce ?? atOnce };
}

/** What is remembered of an answer doesn't tell servers apart: the model must be the same in all that it does tell. */
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
