import { NotesightError } from '../core/errors.ts';
import { withTimeLimit } from '../core/with-time-limit.ts';

/** Long enough for slow connections, in milliseconds. */
const TIME_LIMIT = 15 * 60_000;

/**
 * Downloads a pack. Redirects are followed, because release files are stored on another host.
 * @param size the size of the pack, in bytes; a longer download is stopped
 * @param onProgress called with the number of bytes received so far
 * @throws NotesightError `pack_failed`, `cancelled`
 */
export async function downloadPack(
  address: string,
  size: number,
  onProgress: (receivedBytes: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (detail: string, cause?: unknown) =>
    new NotesightError('pack_failed', `${address}: ${detail}`, { data: { detail }, cause });
  return withTimeLimit(signal, TIME_LIMIT, failed('it takes too long'), async (limited) => {
    try {
      const response = await fetch(address, { signal: limited });
      if (response.status !== 200 || response.body === null) throw failed(`HTTP ${response.status}`);
      return await readBody(response.body, size, onProgress);
    } catch (cause) {
      if (cause instanceof NotesightError) throw cause;
      throw failed(reasonOf(cause), cause);
    }
  });
}

async function readBody(
  body: ReadableStream<Uint8Array>,
  size: number,
  onProgress: (receivedBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pack = new Uint8Array(size);
  let received = 0;
  for await (const piece of body) {
    if (received + piece.length > size) {
      throw new NotesightError('pack_unusable', `the download has more than ${size} bytes`);
    }
    pack.set(piece, received);
    received += piece.length;
    onProgress(received);
  }
  return pack.slice(0, received);
}

/** `fetch` only says "fetch failed"; its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
