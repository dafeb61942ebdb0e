import { requestUrl } from 'obsidian';
import type { Fetch } from '../../../core/ports.ts';

/**
 * The window's own fetch, for `requestUrl` can neither stream nor be stopped. What a server answers, but doesn't let
 * the app's origin see (on iPhones that is the rule), is asked by `requestUrl` from then on: the answer comes whole. That is
 * kept for each path, since servers leave out the headers for it where they don't know a path.
 */
export function createObsidianFetch(): Fetch {
  const refused = new Set<string>();
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const path = url.origin + url.pathname;
    if (!refused.has(path)) {
      try {
        return await window.fetch(input, init);
      } catch (error) {
        // A network error; what it was is not told to a page.
        if (!(error instanceof TypeError) || !(await answers(url.origin))) throw error;
        refused.add(path);
      }
    }
    return stoppable(unstreamed(url, init), init?.signal ?? null);
  };
}

async function answers(origin: string): Promise<boolean> {
  try {
    const { status } = await requestUrl({ url: `${origin}/api/version`, throw: false });
    return status > 0;
  } catch {
    return false;
  }
}

async function unstreamed(url: URL, init: RequestInit | undefined): Promise<Response> {
  const headers = Object.fromEntries(new Headers(init?.headers));
  const { body } = init ?? {};
  const response = await requestUrl({
    url: url.href,
    method: init?.method ?? 'GET',
    headers,
    ...(typeof body === 'string' && { body, contentType: headers['content-type'] ?? 'application/json' }),
    throw: false,
  }).catch((cause: unknown) => {
    throw new TypeError('requestUrl failed', { cause });
  });
  return new Response(response.arrayBuffer, { status: response.status, headers: response.headers });
}

/** The request itself can't be stopped: its answer is passed over. */
async function stoppable<T>(work: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return work;
  return new Promise<T>((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
