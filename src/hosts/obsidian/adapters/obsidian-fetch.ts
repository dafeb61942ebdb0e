import { requestUrl } from 'obsidian';
import type { Fetch } from '../../../core/ports.ts';

/**
 * Uses the window's `fetch`, because `requestUrl` can neither stream nor be cancelled. If a server responds but its
 * CORS headers exclude the app's origin (the normal case on iPhones), `requestUrl` is used from then on and the
 * response arrives as a whole. This is remembered per path, because servers omit the headers for paths they don't
 * know.
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
        // A network error; browsers don't expose its cause to a page.
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

/** The request itself can't be cancelled; its result is ignored. */
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
