import type { FittedImage } from '../../../core/ports.ts';
import { answerFor } from '../../../recognizers/recognizer-answer.ts';
import type { RecognizerRequest } from './recognizer-messages.ts';

/** The address used for files of the pack. Its host can't exist: RFC 2606. */
export const PACK_ADDRESS = 'https://pack.invalid/';

/** Returns a file of the pack. @throws Error if the pack doesn't contain it */
export type PackFile = (name: string) => Blob;

/**
 * Runs a recognizer in this worker. `fetch` returns only files of the pack, so that no library here can reach the
 * network.
 */
export function serveRecognizer<Found>(
  start: (file: PackFile) => Promise<(image: FittedImage) => Promise<readonly Found[]>>,
): void {
  let files: ReadonlyMap<string, Blob> = new Map();
  let started = Promise.reject<Awaited<ReturnType<typeof start>>>(new Error('there are no files'));
  started.catch(() => undefined);
  const file: PackFile = (name) => {
    const found = files.get(name);
    if (found === undefined) throw new Error(`${name} is not in the pack`);
    return found;
  };
  const fetchFile = (url: string) => {
    if (!url.startsWith(PACK_ADDRESS)) throw new TypeError(`${url} is not in the pack`);
    return new Response(file(url.slice(PACK_ADDRESS.length)), { headers: { 'content-type': typeOf(url) } });
  };
  self.fetch = async (address) =>
    Promise.resolve(fetchFile(address instanceof Request ? address.url : String(address)));
  addEventListener('message', ({ data }: MessageEvent<RecognizerRequest>) => {
    if (data.type === 'files') {
      files = data.files;
      started = start(file);
      // Reported with the answer for an image.
      started.catch(() => undefined);
    } else {
      void answerFor(started, data.image).then((answer) => {
        postMessage(answer);
      });
    }
  });
}

function typeOf(name: string): string {
  if (name.endsWith('.wasm')) return 'application/wasm';
  return name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}
