/** What people paste along with an address: quotes of all kinds, the brackets around a link, invisible characters. */
const AROUND = /^[\s"'`“”„‘’«»<]+|[\s"'`“”„‘’«»>]+$/g;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/** Takes off what stands around an address. */
export function unwrapped(text: string): string {
  return text.replace(INVISIBLE, '').replace(AROUND, '');
}

/** The places of the APIs, as guides show them: requests are sent to them by themselves. */
const ENDPOINTS: readonly (readonly [pattern: RegExp, base: string])[] = [
  [/(\/v\d+)\/(?:chat\/completions|completions|embeddings|models|responses|messages)(?:\/.*)?$/i, '$1'],
  // Open WebUI has both.
  [/\/api\/chat\/completions$/i, '/api/v1'],
  [/\/chat\/completions$/i, ''],
  [/\/api\/(?:chat|generate|tags|show|version|ps|pull|embed|embeddings)$/i, ''],
];

/**
 * The base of an address that names a place of an API: `/v1` for `/v1/chat/completions`, nothing for `/api/chat`.
 * @param path with a slash at its beginning, or ''
 * @returns the path without a slash at its end
 */
export function basePath(path: string): string {
  const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const found = ENDPOINTS.find(([pattern]) => pattern.test(clean));
  return found === undefined ? clean : clean.replace(...found);
}

/**
 * Where Ollama's own API begins: its places are written behind `/api`. That a user wrote it too does no harm, but it can
 * also belong to the address of another server, `https://host/api/v1`.
 * @param host as `ollamaHost` returns it
 */
export function ollamaRoot(host: string): string {
  return host.replace(/\/api$/i, '');
}
