import type { Fetch } from '../ports.ts';
import type { ServerAddress } from '../settings/server-list.ts';
import { type ServerHeaders, withHeaders } from './http/with-headers.ts';
import type { ModelServer } from './model-server.ts';

/**
 * The servers of a list. Only those that the token is for get it, and the headers.
 * @throws NotesightError `bad_usage` where a header can't be sent
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
