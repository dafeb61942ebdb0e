import process from 'node:process';
import { ollamaHost } from '../../core/model/ollama/ollama-host.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import { nodeFetch } from '../node/node-fetch.ts';

/**
 * The server that the user means: the one named, else that of OLLAMA_HOST.
 * @throws NotesightError `bad_usage` where the address can't be read
 */
export function ollamaServer(named: string | undefined): ModelServer {
  return { host: ollamaHost(named ?? process.env['OLLAMA_HOST']), fetch: nodeFetch };
}
