/**
 * The thread that reads text: the worker part of tesseract.js with one build of Tesseract, which has only the neural
 * network and requires SIMD. By itself, tesseract.js chooses among three builds. The thread is bundled separately, into
 * `dist/recognizers`, next to its WebAssembly.
 */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import createCore from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import { dispatchHandlers, setAdapter } from 'tesseract.js/src/worker-script/index.js';

setAdapter({
  async getCore() {
    // Created here, because tesseract.js handles only failures of this function.
    const core = await createCore({ TesseractProgress: () => undefined });
    return () => Promise.resolve(core);
  },
  readCache: (path) => readFile(path),
  gunzip: gunzipSync,
});
parentPort?.on('message', (packet: unknown) => {
  dispatchHandlers(packet, (reply) => parentPort?.postMessage(reply));
});
