import * as z from 'zod/mini';
import type { ServerApi } from '../model/server-model.ts';

import { NotesightError } from '../errors.ts';
import { ollamaRoot } from '../settings/pasted-address.ts';
import { type ModelServer, TIME_LIMITS } from './model-server.ts';
import { apiUrl, askOpenAi, subjectOf } from './openai/openai-call.ts';

const OLLAMA_PORT = '11434';

const Version = z.object({ version: z.string() });
const Models = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Detects the API of a server. Ollama, which supports both, is detected as Ollama unless its address ends in
 * `/v1`.
 * @throws NotesightError every code of a server; `server_error` if it supports neither
 */
export async function detectApi(server: ModelServer, signal: AbortSignal): Promise<ServerApi> {
  const limit = server.limits?.discovery ?? TIME_LIMITS.discovery;
  // If the server can't be reached, the error names the program that usually listens on this port.
  const subject = new URL(server.host).port === OLLAMA_PORT ? { host: server.host } : subjectOf(server);
  const ask = (url: string, read: (value: unknown) => unknown): Promise<unknown> =>
    askOpenAi(server, { url, subject, limit }, read, signal);

  const models = apiUrl(server.host, '/models');
  if (models !== `${server.host}/models`) {
    try {
      await ask(`${ollamaRoot(server.host)}/api/version`, (value) => Version.parse(value));
      return 'ollama';
    } catch (error) {
      if (!(error instanceof NotesightError) || !IS_NOT_OLLAMA.includes(error.code)) throw error;
    }
  }
  try {
    await ask(models, (value) => Models.parse(value));
    return 'openai';
  } catch (error) {
    // Ollama rejects unknown origins and host names for any request, with an empty body.
    if (!(error instanceof NotesightError) || error.data['status'] !== 403 || error.data['detail'] !== '')
      throw error;
    const data = { host: server.host };
    throw new NotesightError('origin_refused', 'The server rejects requests from this app.', {
      data,
      cause: error,
    });
  }
}

/** Errors of a server with another API. A gateway may reject unknown paths as unauthorized. */
const IS_NOT_OLLAMA: readonly string[] = ['server_error', 'unauthorized'];
