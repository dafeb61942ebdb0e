import { requestUrl } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import { withTimeLimit } from '../../../core/with-time-limit.ts';

/** Long enough for slow connections, in milliseconds. */
const TIME_LIMIT = 15 * 60_000;

/**
 * Downloads a pack without progress: `requestUrl` reports none, and can be cancelled only by ignoring its result. It
 * is required because the download host does not allow cross-origin requests.
 * @throws NotesightError `pack_failed`, `cancelled`
 */
export async function downloadPack(address: string, signal: AbortSignal): Promise<Blob> {
  const failed = (detail: string, cause?: unknown) =>
    new NotesightError('pack_failed', `${address}: ${detail}`, { data: { detail }, cause });
  const answer = await withTimeLimit(signal, TIME_LIMIT, failed('it takes too long'), () =>
    requestUrl({ url: address, throw: false }).then(
      ({ status, arrayBuffer }) => ({ status, arrayBuffer }),
      (cause: unknown) => {
        throw failed(cause instanceof Error ? cause.message : String(cause), cause);
      },
    ),
  );
  if (answer.status !== 200) throw failed(`HTTP ${answer.status}`);
  return new Blob([answer.arrayBuffer]);
}
