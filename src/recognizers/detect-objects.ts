import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, tensor4d } from '@tensorflow/tfjs-core';
import { type Config, Human, type Result } from '@vladmandic/human';
import type { DetectedObject } from '../core/ports.ts';

/** Upright, three bytes per pixel, row by row. */
export interface Pixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Locations of the models and the runtime. Both end in a slash and are loaded with `fetch` or, on Node, read as
 * files.
 */
export interface DetectorFiles {
  readonly wasmPath: string;
  readonly modelBasePath: string;
}

/**
 * Measured on 14 photos: at 0.45 and above, 10 of 12 objects are correct; at 0.3, most are noise. For faces,
 * verification by the mesh leaves no false positive in 12 photos; without it, cats and apples get faces.
 */
const SURE = { object: 0.45, face: 0.5 } as const;
const MOST = 20;

const off = { enabled: false } as const;
const CONFIG: Partial<Config> = {
  backend: 'wasm',
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

/**
 * Loads `@vladmandic/human` (CenterNet for objects, BlazeFace verified by FaceMesh for faces) on TensorFlow's
 * WebAssembly. Run it in a separate thread.
 * @returns the detector; a box may extend beyond the image if the object is cut off
 */
export async function openObjectDetector(
  files: DetectorFiles,
): Promise<(image: Pixels) => Promise<readonly DetectedObject[]>> {
  setWasmPaths(files.wasmPath);
  // Multithreading would need another WebAssembly build for little benefit.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const human = new Human({ ...CONFIG, ...files });
  await human.load();
  const loaded = human.models.loaded();
  if (loaded.length < 3) throw new Error(`only ${loaded.join(', ')} could be loaded`);
  return (image) => find(human, image);
}

async function find(human: Human, { pixels, width, height }: Pixels): Promise<DetectedObject[]> {
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

function boxOf([x, y, width, height]: Result['object'][number]['box']): DetectedObject['box'] {
  return { x, y, width, height };
}
