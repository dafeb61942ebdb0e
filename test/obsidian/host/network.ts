import type { RequestUrlParam } from 'obsidian';

/** Through the server of the page, so that no rule of origins applies; the answer comes whole. */
export async function requestUrl(request: RequestUrlParam) {
  const response = await fetch(`/request?${new URLSearchParams({ url: request.url }).toString()}`, {
    method: request.method ?? 'GET',
    headers: request.headers ?? {},
    ...(request.body !== undefined && { body: request.body }),
  });
  if (response.status === 502) throw new Error('net::ERR_CONNECTION_REFUSED');
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    arrayBuffer: await response.arrayBuffer(),
  };
}
