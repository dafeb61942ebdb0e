/**
 * The thread in which objects and faces are found. It is bundled by itself, into `dist/experts`, with the weights beside
 * it: `@vladmandic/human` (CenterNet for objects, BlazeFace checked by FaceMesh for faces) on TensorFlow's WebAssembly.
 */
import { readFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { tensor4d } from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { Human, type Config, type Result } from '@vladmandic/human';
import type { FoundThing } from '../../core/ports.ts';
import type { ThreadAnswer, ThreadRequest } from './thing-finder.ts';

const folder = join(__dirname, sep);

/**
 * Measured on 14 photos: from 0.45 on, 10 of 12 objects are right, while at 0.3 most are noise. Of faces, a second look
 * by the mesh leaves no false one among 12 photos; without it cats and apples have faces.
 */
const SURE = { object: 0.45, face: 0.5 } as const;
const MOST = 20;

const off = { enabled: false } as const;
const config: Partial<Config> = {
  backend: 'wasm',
  wasmPath: folder,
  modelBasePath: pathToFileURL(folder).href,
  async: false,
  cacheSensitivity: 0,
  filter: off,
  face: {
    enabled: true,
    detector: { minConfidence: SURE.face, maxDetected: MOST, rotation: false },
    mesh: { enabled: true },
    iris: off,
    description: off,
    emotion: off,
  },
  object: { enabled: true, minConfidence: SURE.object, maxDetected: MOST },
  body: off,
  hand: off,
  gesture: off,
  segmentation: off,
};

/** Node's own can't read files; and nothing but what lies beside this file shall ever be loaded. */
globalThis.fetch = async (address) => {
  const name = basename(address instanceof Request ? address.url : address.toString());
  const type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  return new Response(new Uint8Array(await readFile(join(folder, name))), {
    headers: { 'content-type': type },
  });
};

async function start(): Promise<Human> {
  setWasmPaths(folder);
  setThreadsCount(1);
  const human = new Human(config);
  await human.load();
  const missing = human.models.loaded();
  if (missing.length < 3) throw new Error(`only ${missing.join(', ')} could be loaded`);
  return human;
}

async function find(human: Human, { pixels, width, height }: ThreadRequest): Promise<FoundThing[]> {
  const image = tensor4d(pixels, [1, height, width, 3], 'float32');
  try {
    const { object, face, error } = await human.detect(image);
    if (error !== null) throw new Error(error);
    return [
      ...object.map(({ label, score, box }) => ({ label, score, box: boxOf(box) })),
      ...face.map(({ score, box }) => ({ label: 'face', score, box: boxOf(box) })),
    ];
  } finally {
    image.dispose();
  }
}

/** Boxes of what the image cuts off reach beyond it. */
function boxOf([x, y, width, height]: Result['object'][number]['box']): FoundThing['box'] {
  return { x, y, width, height };
}

const ready = start();
parentPort?.on('message', (request: ThreadRequest) => {
  const answer = (message: ThreadAnswer) => parentPort?.postMessage(message);
  ready.then(
    (human) =>
      find(human, request).then(
        (found) => answer({ found }),
        (error: unknown) => answer({ failed: 'image', why: String(error) }),
      ),
    (error: unknown) => answer({ failed: 'start', why: String(error) }),
  );
});
