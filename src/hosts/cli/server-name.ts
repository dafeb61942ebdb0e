import type { ModelSource } from '../../core/servers/server-models.ts';

/** The name of a server for use inside a sentence. */
export function serverName({ api }: Pick<ModelSource, 'api'>): string {
  return api === 'ollama' ? 'Ollama' : 'the server';
}
