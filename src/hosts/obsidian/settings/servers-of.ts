import type { App } from 'obsidian';
import type { Fetch } from '../../../core/ports.ts';
import type { ModelServer } from '../../../core/servers/model-server.ts';
import { modelServers } from '../../../core/servers/model-servers.ts';
import { parseServerList } from '../../../core/settings/server-list.ts';
import type { Settings } from '../../../core/settings/settings.ts';

/** The key for the search on the web, as this device keeps it; '' for none. */
export function webKeyOf(app: App, { webSearchSecret }: Settings): string {
  return webSearchSecret === '' ? '' : (app.secretStorage.getSecret(webSearchSecret) ?? '');
}

/**
 * The servers that a person wrote down, with the secrets of this device.
 * @throws NotesightError `bad_usage` where an address or a header can't be used
 */
export function serversOf(app: App, settings: Settings, text: string, fetch: Fetch): ModelServer[] {
  const secret = (name: string) => app.secretStorage.getSecret(name) ?? '';
  const token = settings.tokenSecret === '' ? '' : secret(settings.tokenSecret);
  // A secret that this device doesn't have leaves its header out.
  const headers = settings.headers
    .map(({ name, secret: named }) => ({ name, value: secret(named) }))
    .filter(({ value }) => value !== '');
  return modelServers(parseServerList(text), fetch, { token, headers });
}
