import { requestUrl } from 'obsidian';
import { NotesightError } from '../../../core/errors.ts';
import { withTimeLimit } from '../../../core/with-time-limit.ts';

/** For slow lines, in milliseconds. */
const TIME_LIMIT = 15 * 60_000;

/**
 * Downloads a pack, unseen: `requestUrl` tells nothing of how far it is, and can't be stopped but by not listening.
 * Obsidian's is needed, for where packs lie lets no page in.
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
