import process from 'node:process';
import { openSightedModels } from '../../core/memory/sighted-models.ts';
import { detectLanguage } from '../../core/model/detect-language.ts';
import { modelSource, type ModelSource } from '../../core/model/model-source.ts';
import { ollamaHost } from '../../core/model/ollama/ollama-host.ts';
import { recognizeServer, type ServerApi } from '../../core/model/recognize-server.ts';
import { withHeaders } from '../../core/model/server/with-headers.ts';
import { sightedModelsFile } from '../node/data-folder.ts';
import { createLineFile } from '../node/line-file.ts';
import { nodeFetch } from '../node/node-fetch.ts';

/**
 * The models of the server that the user means: the one named, else that of OLLAMA_HOST. What it speaks is asked,
 * unless the user says it. NOTESIGHT_API_KEY is sent to it, and to no other.
 * @throws NotesightError `bad_usage` where the address can't be read, and every code of a server
 */
export async function openModels(
  named: string | undefined,
  signal: AbortSignal,
  api?: ServerApi,
): Promise<ModelSource> {
  const host = ollamaHost(named ?? process.env['OLLAMA_HOST']);
  const token = process.env['NOTESIGHT_API_KEY'] ?? '';
  const server = { host, fetch: withHeaders(nodeFetch, host, { token, headers: [] }) };
  const sighted = await openSightedModels(createLineFile(sightedModelsFile()));
  return modelSource(api ?? (await recognizeServer(server, signal)), server, { detectLanguage, sighted });
}
