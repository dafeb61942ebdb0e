import type { Fetch } from '../ports.ts';
import type { ServerAddress } from '../settings/server-list.ts';
import { type ServerHeaders, withHeaders } from './http/with-headers.ts';
import type { ModelServer } from './model-server.ts';

/**
 * Creates the servers of a list. Only servers marked for the token get it and the headers.
 * @throws NotesightError `bad_usage` if a header is invalid
 */
export function modelServers(
  addresses: readonly ServerAddress[],
  fetch: Fetch,
  secrets: ServerHeaders,
): ModelServer[] {
  return addresses.map(({ host, atOnce, takesToken }) => ({
    host,
    fetch: withHeaders(fetch, host, takesToken ? secrets : { token: '', headers: [] }),
    ...(atOnce !== null && { atOnce }),
  }));
}
