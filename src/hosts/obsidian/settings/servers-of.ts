import type { App } from 'obsidian';
import type { Fetch } from '../../../core/ports.ts';
import type { ModelServer } from '../../../core/servers/model-server.ts';
import { modelServers } from '../../../core/servers/model-servers.ts';
import type { ServerAddress } from '../../../core/settings/server-list.ts';
import type { Settings } from '../../../core/settings/settings.ts';

/** The API key for web search stored on this device; '' if there is none. */
export function webKeyOf(app: App, { webSearchSecret }: Settings): string {
  return webSearchSecret === '' ? '' : (app.secretStorage.getSecret(webSearchSecret) ?? '');
}

/**
 * The servers at the given addresses, with the secrets of this device.
 * @throws NotesightError `bad_usage` if a header is invalid
 */
export function serversOf(
  app: App,
  settings: Settings,
  addresses: readonly ServerAddress[],
  fetch: Fetch,
): ModelServer[] {
  const secret = (name: string) => app.secretStorage.getSecret(name) ?? '';
  const token = settings.tokenSecret === '' ? '' : secret(settings.tokenSecret);
  // If this device lacks the secret, the header is omitted.
  const headers = settings.headers
    .map(({ name, secret: named }) => ({ name, value: secret(named) }))
    .filter(({ value }) => value !== '');
  return modelServers(addresses, fetch, { token, headers });
}
