import type { PullProgress } from '../core/servers/ollama/pull-model.ts';
import type { ModelSources } from '../core/servers/server-pool.ts';

/**
 * Downloads a model on the first server that responds.
 * @throws NotesightError `pull_failed` and every code of a server
 */
export async function* pullModel(
  sources: ModelSources,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<PullProgress> {
  const source = await sources.first(async (each) => {
    await each.list(signal);
    return each;
  }, signal);
  yield* source.pull(name, signal);
}
