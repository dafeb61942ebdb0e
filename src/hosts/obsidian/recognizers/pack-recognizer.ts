import { NotesightError } from '../../../core/errors.ts';
import { createImageWorker, type WorkerRecognizer } from '../../../core/recognition/worker-client.ts';
import { detectionsIn, type RecognizerAnswer } from '../../../recognizers/recognizer-answer.ts';
import type { RecognizerRequest } from '../worker/recognizer-messages.ts';
import type { RecognizerPack } from './recognizer-pack.ts';

interface PackWorker {
  readonly worker: Worker;
  readonly ask: (request: RecognizerRequest) => void;
  readonly end: () => void;
}

/**
 * A recognizer of the pack, in a worker that can access only the pack.
 * @param script name of its code in the pack
 */
export function createPackRecognizer<Found>(
  pack: RecognizerPack,
  script: string,
  work: { readonly doing: string; readonly timeLimit: number; readonly idle: number },
): WorkerRecognizer<Found> {
  return createImageWorker<PackWorker, Found>({
    ...work,
    start: () => startWorker(pack, script),
    look: ({ worker, ask }, image) =>
      new Promise<RecognizerAnswer<Found>>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<RecognizerAnswer<Found>>) => {
          resolve(data);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(`the worker broke: ${event.message}`));
        };
        ask({ type: 'look', image });
      }).then(detectionsIn),
    stop: ({ end }) => {
      end();
      return Promise.resolve();
    },
  });
}

/** @throws NotesightError `pack_unusable`, or `model_unloadable` if the pack was removed */
async function startWorker(pack: RecognizerPack, script: string): Promise<PackWorker> {
  const files = await pack.files();
  const code = files?.get(script);
  if (code === undefined) throw new NotesightError('model_unloadable', `there is no ${script}`);
  const url = URL.createObjectURL(code.slice(0, code.size, 'text/javascript'));
  const worker = new Worker(url);
  const ask = (request: RecognizerRequest) => {
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
