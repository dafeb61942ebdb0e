import * as z from 'zod/mini';

import { NotesightError } from '../../errors.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { streamOllama } from './ollama-call.ts';
import { EndedWithoutDone } from './ollama-lines.ts';

export interface PullProgress {
  /** What the server does now, in its words. */
  readonly status: string;
  /** Of all layers that are known so far: more may come to be known, so the total may grow. */
  readonly completedBytes: number;
  readonly totalBytes: number;
}

const Line = z.object({
  status: z._default(z.string(), ''),
  digest: z.optional(z.string()),
  total: z.optional(z.number()),
  completed: z.optional(z.number()),
});

/**
 * Has the server download a model. Leaving the loop or aborting ends that; the next time it goes on from there.
 * @throws NotesightError `pull_failed`, `cancelled` and every code of a server
 */
export async function* pullModel(
  server: ModelServer,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress> {
  const limit = server.limits?.pullProgress ?? TIME_LIMITS.pullProgress;
  const guard = { subject: { host: server.host, model: name }, first: limit, next: limit };
  const layers = new Map<string, { readonly total: number; readonly completed: number }>();
  try {
    for await (const line of streamOllama(server, guard, signal, (client) =>
      client.pull({ model: name, stream: true }),
    )) {
      const { status, digest, total, completed } = Line.parse(line);
      // Layers come in turns, and their first line tells no progress.
      if (digest !== undefined && total !== undefined) {
        layers.set(digest, { total, completed: completed ?? 0 });
      }
      yield { status, completedBytes: sum('completed'), totalBytes: sum('total') };
    }
  } catch (error) {
    throw pullError(error, guard.subject);
  }

  function sum(key: 'total' | 'completed'): number {
    return [...layers.values()].reduce((bytes, layer) => bytes + layer[key], 0);
  }
}

/** The server tells a failed pull as it tells a crash: by an error in its last line. */
function pullError(error: unknown, subject: { readonly host: string; readonly model: string }): unknown {
  const failed =
    error instanceof EndedWithoutDone ||
    (error instanceof NotesightError && ['server_crashed', 'server_error'].includes(error.code));
  if (!failed) return error;
  const detail = error instanceof NotesightError ? error.data['detail'] : undefined;
  return new NotesightError('pull_failed', `The server could not pull ${subject.model}.`, {
    data: { ...subject, detail },
    cause: error,
  });
}
