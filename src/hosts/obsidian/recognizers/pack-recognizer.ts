import { NotesightError } from '../../../core/errors.ts';
import { createImageWorker, type WorkingExpert } from '../../../core/recognition/worker-client.ts';
import { type ExpertAnswer, foundIn } from '../../../recognizers/recognizer-answer.ts';
import type { ExpertRequest } from '../worker/recognizer-messages.ts';
import type { ExpertPack } from './recognizer-pack.ts';

/** How long a worker waits for the next image, in milliseconds: it holds much memory and starts in a second. */
const IDLE = 60_000;

interface PackWorker {
  readonly worker: Worker;
  readonly ask: (request: ExpertRequest) => void;
  readonly end: () => void;
}

/**
 * An expert of the pack, in a worker that has nothing but the pack.
 * @param script its code, by its name in the pack
 */
export function createPackExpert<Found>(
  pack: ExpertPack,
  script: string,
  work: { readonly doing: string; readonly timeLimit: number },
): WorkingExpert<Found> {
  return createImageWorker<PackWorker, Found>({
    ...work,
    idle: IDLE,
    start: () => startWorker(pack, script),
    look: ({ worker, ask }, image) =>
      new Promise<ExpertAnswer<Found>>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<ExpertAnswer<Found>>) => {
          resolve(data);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(`the worker broke: ${event.message}`));
        };
        ask({ type: 'look', image });
      }).then(foundIn),
    stop: ({ end }) => {
      end();
      return Promise.resolve();
    },
  });
}

/** @throws NotesightError `pack_unusable`, `model_unloadable` where the pack is gone */
async function startWorker(pack: ExpertPack, script: string): Promise<PackWorker> {
  const files = await pack.files();
  const code = files?.get(script);
  if (code === undefined) throw new NotesightError('model_unloadable', `there is no ${script}`);
  const url = URL.createObjectURL(code.slice(0, code.size, 'text/javascript'));
  const worker = new Worker(url);
  const ask = (request: ExpertRequest) => {
    worker.postMessage(request);
  };
  ask({ type: 'files', files: files ?? new Map() });
  return {
    worker,
    ask,
    end() {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
