import type { ExtensionContext } from 'vscode';
import { withHeaders } from '../../core/model/server/with-headers.ts';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import { parseServerUrl } from '../../core/settings/server-url.ts';
import { nodeFetch } from '../node/node-fetch.ts';
import { readSettings } from './settings.ts';

const TOKEN = 'notesight.token';
const WEB_KEY = 'notesight.webKey';

/** The server of the settings, with the token that this machine keeps for it. */
export interface Server {
  /** @throws NotesightError `bad_usage` where the address or the token can't be used */
  open(): Promise<ModelServer>;
  /** @param token sent as a bearer token; '' for none. It is kept by VS Code, in the system's key chain. */
  setToken(token: string): Promise<void>;
  /** The key for the search on the web; '' for none. */
  webKey(): Promise<string>;
  /** @param key kept as the token is; '' for none */
  setWebKey(key: string): Promise<void>;
}

export function createServer({ secrets }: Pick<ExtensionContext, 'secrets'>): Server {
  async function keep(name: string, secret: string): Promise<void> {
    if (secret === '') await secrets.delete(name);
    else await secrets.store(name, secret);
  }

  return {
    async open() {
      const host = parseServerUrl(readSettings().server);
      const token = (await secrets.get(TOKEN)) ?? '';
      return { host, fetch: withHeaders(nodeFetch, host, { token, headers: [] }) };
    },
    setToken: (token) => keep(TOKEN, token),
    webKey: async () => (await secrets.get(WEB_KEY)) ?? '',
    setWebKey: (key) => keep(WEB_KEY, key),
  };
}
