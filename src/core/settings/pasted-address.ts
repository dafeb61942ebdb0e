/** Quotes of all kinds and the angle brackets around a link, which people copy along with an address. */
const AROUND = /^[\s"'`“”„‘’«»<]+|[\s"'`“”„‘’«»>]+$/g;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/** Removes quotes, brackets and invisible characters around an address. */
export function unwrapped(text: string): string {
  return text.replace(INVISIBLE, '').replace(AROUND, '');
}

/** The endpoints that guides show in full, and the base address of each. */
const ENDPOINTS: readonly (readonly [pattern: RegExp, base: string])[] = [
  [/(\/v\d+)\/(?:chat\/completions|completions|embeddings|models|responses|messages)(?:\/.*)?$/i, '$1'],
  // Open WebUI supports both.
  [/\/api\/chat\/completions$/i, '/api/v1'],
  [/\/chat\/completions$/i, ''],
  [/\/api\/(?:chat|generate|tags|show|version|ps|pull|embed|embeddings)$/i, ''],
];

/**
 * The base path of an address that may name an endpoint: `/v1` for `/v1/chat/completions`, '' for `/api/chat`.
 * @param path starts with a slash
 * @returns the path without a trailing slash
 */
export function basePath(path: string): string {
  const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const found = ENDPOINTS.find(([pattern]) => pattern.test(clean));
  return found === undefined ? clean : clean.replace(...found);
}

/**
 * The address that Ollama's endpoints, such as `/api/chat`, are relative to. Users also enter it with `/api`, which can't
 * be removed earlier: the endpoints of other servers may be below `/api/v1`.
 * @param host as `ollamaHost` returns it
 */
export function ollamaRoot(host: string): string {
  return host.replace(/\/api$/i, '');
}
