import type { ExtensionContext } from 'vscode';
import { detectLanguage } from '../../../core/language/detect-language.ts';
import { createKnownApis } from '../../../core/servers/known-apis.ts';
import { modelServers } from '../../../core/servers/model-servers.ts';
import { modelSources, type ModelSources } from '../../../core/servers/server-pool.ts';
import { parseServerList } from '../../../core/settings/server-list.ts';
import { openVisionCapability } from '../../../core/storage/vision-capability.ts';
import { once } from '../../../editor/once.ts';
import { visionCapabilityFile } from '../../../node/data-folder.ts';
import { createLineFile } from '../../../node/line-file.ts';
import { nodeFetch } from '../../../node/node-fetch.ts';
import type { VscodeSettings } from './settings.ts';

const TOKEN = 'notesight.token';
const WEB_KEY = 'notesight.webKey';

/** The servers in the settings, with the token stored on this machine. */
export interface Servers {
  /** @throws NotesightError `bad_usage` if an address or the token is invalid */
  open(settings: VscodeSettings): Promise<ModelSources>;
  /** @param token sent as a bearer token; '' for none. VS Code stores it in the system's keychain. */
  setToken(token: string): Promise<void>;
  /** The API key for web search; '' if there is none. */
  webKey(): Promise<string>;
  /** @param key stored like the token; '' for none */
  setWebKey(key: string): Promise<void>;
}

export function createServers({ secrets }: Pick<ExtensionContext, 'secrets'>): Servers {
  const apis = createKnownApis();
  const visionCapability = once(() => openVisionCapability(createLineFile(visionCapabilityFile())));

  async function keep(name: string, secret: string): Promise<void> {
    if (secret === '') await secrets.delete(name);
    else await secrets.store(name, secret);
  }

  return {
    async open(settings) {
      const token = (await secrets.get(TOKEN)) ?? '';
      const addresses = parseServerList(settings.server);
      const servers = modelServers(addresses, nodeFetch, { token, headers: [] });
      return modelSources(servers, { detectLanguage, visionCapability, apis }, settings);
    },
    setToken: (token) => keep(TOKEN, token),
    webKey: async () => (await secrets.get(WEB_KEY)) ?? '',
    setWebKey: (key) => keep(WEB_KEY, key),
  };
}
