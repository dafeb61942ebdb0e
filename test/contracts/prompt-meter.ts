import type { Fetch } from '../../src/core/ports.ts';

/** A fetch that records llama-server's latest report on its prompt cache. */
export function promptMeter(fetch: Fetch): {
  readonly fetch: Fetch;
  readonly lastPrompt: () => { readonly tokens: number; readonly cached: number };
} {
  let text = '';
  return {
    async fetch(input, init) {
      const response = await fetch(input, init);
      const { body, headers } = response;
      if (body === null || headers.get('content-type')?.includes('event-stream') !== true) return response;
      text = '';
      const decoder = new TextDecoder();
      const meter = new TransformStream<Uint8Array, Uint8Array>({
        transform(piece, controller) {
          text += decoder.decode(piece, { stream: true });
          controller.enqueue(piece);
        },
      });
      return new Response(body.pipeThrough(meter), { status: response.status, headers });
    },
    lastPrompt() {
      const { cached, computed } =
        /"cache_n":(?<cached>\d+),"prompt_n":(?<computed>\d+)/.exec(text)?.groups ?? {};
      return { tokens: Number(cached) + Number(computed), cached: Number(cached) };
    },
  };
}
