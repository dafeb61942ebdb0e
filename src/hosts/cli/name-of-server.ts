import type { ModelSource } from '../../core/servers/server-models.ts';

/** How a server is called at the beginning of a sentence. */
export function nameOfServer({ api }: Pick<ModelSource, 'api'>): string {
  return api === 'ollama' ? 'Ollama' : 'The server';
}
