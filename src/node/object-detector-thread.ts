/** The thread that detects objects and faces. It is bundled separately, into `dist/recognizers`, next to the weights. */
import { readFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { openObjectDetector, type Pixels } from '../recognizers/detect-objects.ts';
import { answerFor } from '../recognizers/recognizer-answer.ts';

const folder = join(__dirname, sep);

/** Node's `fetch` can't read files, and nothing except the files next to this one may be loaded. */
globalThis.fetch = async (address) => {
  const name = basename(address instanceof Request ? address.url : address.toString());
  const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(join(folder, name))), {
    headers: { 'content-type': type },
  });
};

const started = openObjectDetector({ wasmPath: folder, modelBasePath: pathToFileURL(folder).href });
// Reported with the answer for an image.
started.catch(() => undefined);
parentPort?.on('message', (image: Pixels) => {
  void answerFor(started, image).then((answer) => parentPort?.postMessage(answer));
});
