import type { App } from 'obsidian';
import type { ModelServer } from '../../core/model/server/model-server.ts';
import { withHeaders } from '../../core/model/server/with-headers.ts';
import type { Fetch } from '../../core/ports.ts';
import type { Settings } from '../../core/settings.ts';

/** The key for the search on the web, as this device keeps it; '' for none. */
export function webKeyOf(app: App, { webSearchSecret }: Settings): string {
  return webSearchSecret === '' ? '' : (app.secretStorage.getSecret(webSearchSecret) ?? '');
}

/** The server that the settings name, with the secrets of this device. */
export function serverOf(app: App, settings: Settings, host: string, fetch: Fetch): ModelServer {
  const secret = (name: string) => app.secretStorage.getSecret(name) ?? '';
  const token = settings.tokenSecret === '' ? '' : secret(settings.tokenSecret);
  // A secret that this device doesn't have leaves its header out.
  const headers = settings.headers
    .map(({ name, secret: named }) => ({ name, value: secret(named) }))
    .filter(({ value }) => value !== '');
  return { host, fetch: withHeaders(fetch, host, { token, headers }) };
}
