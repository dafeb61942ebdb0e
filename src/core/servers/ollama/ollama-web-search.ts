import * as z from 'zod/mini';
import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';
import { guardedRequest } from '../http/guarded-request.ts';
import { withHeaders } from '../http/with-headers.ts';
import { errorOfResponse } from './server-error.ts';

/** The search service; queries are sent to it. */
export const WEB_SEARCH_HOST = 'https://ollama.com';

/** Time limit in milliseconds. */
const LIMIT = 20_000;
const MAX_RESULTS = 5;

const Found = z.object({
  results: z.array(z.object({ title: z.string(), url: z.string(), content: z.string() })),
});

/** A page in the results, with the content relevant to the query. */
export type FoundPage = z.infer<typeof Found>['results'][number];

/**
 * Creates a web search with Ollama's service and the user's key. Each query leaves this computer. Source:
 * https://docs.ollama.com/capabilities/web-search
 * @returns a function that throws NotesightError with every code of a server; `unauthorized` if the key is
 * invalid
 */
export function createOllamaWebSearch(
  fetch: Fetch,
  key: string,
  host: string = WEB_SEARCH_HOST,
): (query: string, signal: AbortSignal) => Promise<readonly FoundPage[]> {
  const server = { host, fetch: withHeaders(fetch, host, { token: key, headers: [] }) };
  return async (query, signal) => {
    const guard = { subject: { host }, first: LIMIT, errorOf: errorOfResponse };
    const request = guardedRequest(server, guard, signal);
    try {
      const response = await request.send(`${host}/api/web_search`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query, max_results: MAX_RESULTS }),
      });
      return Found.parse(await response.json()).results;
    } catch (error) {
      if (error instanceof NotesightError) throw error;
      const detail = 'The response is not in the format of Ollama web search.';
      throw new NotesightError('server_error', detail, { data: { host, detail }, cause: error });
    } finally {
      request.close();
    }
  };
}
