import * as z from 'zod/mini';

import { NotesightError } from '../../errors.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { streamOllama } from './ollama-call.ts';
import { EndedWithoutDone } from './ollama-lines.ts';

export interface PullProgress {
  /** The status reported by the server. */
  readonly status: string;
  /** Sum over the layers known so far. The total may grow when more layers are reported. */
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
 * Downloads a model on the server. Leaving the loop or aborting stops the download; the next one resumes it.
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
      // Layers are interleaved, and the first line of each has no progress.
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

/** The server reports a failed download like a crash: as an error in its last line. */
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
