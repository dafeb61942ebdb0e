import { NotesightError } from '../../errors.ts';
import type { Fetch } from '../../ports.ts';

/** The headers that a server behind a proxy requires. */
export interface ServerHeaders {
  /** Sent as `Authorization: Bearer`; '' for none. */
  readonly token: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Adds headers to requests to the server's own origin only. Does not follow redirects, which may lead
 * anywhere.
 * @param host as returned by `ollamaHost`
 * @throws NotesightError `bad_usage` if a header is invalid; the message doesn't contain its value
 */
export function withHeaders(fetch: Fetch, host: string, { token, headers }: ServerHeaders): Fetch {
  const { origin } = new URL(host);
  const added = headers.map(({ name, value }) => [name, value] as const);
  if (token.trim() !== '') added.push(['Authorization', `Bearer ${token.trim()}`]);
  check(added);
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!URL.canParse(url) || new URL(url).origin !== origin) return fetch(input, init);
    const all = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    for (const [name, value] of added) all.set(name, value);
    return fetch(input, { ...init, headers: all, redirect: 'manual' });
  };
}

/** Validates the headers itself, because the platform's error would contain the value, which may be a secret. */
function check(headers: readonly (readonly [string, string])[]): void {
  for (const [name, value] of headers) {
    try {
      new Headers([[name, value]]);
    } catch {
      throw new NotesightError('bad_usage', `The header ${JSON.stringify(name)} can't be sent.`, {
        data: { why: `The header ${JSON.stringify(name)} can't be sent` },
      });
    }
  }
}
