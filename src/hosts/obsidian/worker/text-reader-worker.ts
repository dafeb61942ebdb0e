/**
 * The recognizer for text, as contained in the pack. It runs the worker part of tesseract.js directly in this worker,
 * because its main part would start a worker of its own that loads its files from URLs.
 */
import createCore from 'pack:tesseract-core';
import { dispatchHandlers, setAdapter } from 'tesseract.js/src/worker-script/index.js';
import type { Page } from 'tesseract.js';
import type { FittedImage, ReadLine } from '../../../core/ports.ts';
import { LANGUAGES, PARAMETERS, readText } from '../../../recognizers/read-text.ts';
import { clarify } from './clarify.ts';
import { serveRecognizer } from './serve-recognizer.ts';

/** Tesseract's value for its neural network; the older engine is not in the pack. */
const LSTM_ONLY = 1;

serveRecognizer<ReadLine>(async (file) => {
  setAdapter({
    async getCore() {
      const wasmBinary = await file('tesseract-core-simd-lstm.wasm').arrayBuffer();
      const core = await createCore({ wasmBinary, TesseractProgress: () => undefined });
      return () => Promise.resolve(core);
    },
    async readCache(path) {
      const packed = file(path.slice(path.lastIndexOf('/') + 1)).stream();
      const unpacked = new Response(packed.pipeThrough(new DecompressionStream('gzip')));
      return new Uint8Array(await unpacked.arrayBuffer());
    },
  });
  await ask('load', { options: { lstmOnly: true } });
  await ask('loadLanguage', { langs: LANGUAGES, options: { cacheMethod: 'readOnly' } });
  await ask('initialize', { langs: LANGUAGES, oem: LSTM_ONLY });
  await ask('setParameters', { params: PARAMETERS });
  return (image: FittedImage) =>
    readText(image, {
      async recognize(bytes) {
        const output = { text: false, blocks: true };
        return (await ask('recognize', { image: bytes, options: {}, output })) as Page;
      },
      clarified: (scale) => clarify(image, scale),
    });
});

function ask(
  action: Parameters<typeof dispatchHandlers>[0]['action'],
  payload: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    dispatchHandlers({ workerId: 'text', jobId: action, action, payload }, ({ status, data }) => {
      if (status === 'resolve') resolve(data);
      else if (status === 'reject') reject(new Error(String(data)));
    });
  });
}
