import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, tensor4d } from '@tensorflow/tfjs-core';
import { type Config, Human, type Result } from '@vladmandic/human';
import type { DetectedObject } from '../core/ports.ts';

/** Upright, three bytes a pixel, row by row. */
export interface Pixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Where what is loaded lies. Both end in a slash and are asked for by `fetch` or, on Node, read as files. */
export interface DetectorFiles {
  readonly wasmPath: string;
  readonly modelBasePath: string;
}

/**
 * Measured on 14 photos: from 0.45 on, 10 of 12 objects are right, while at 0.3 most are noise. Of faces, a second look
 * by the mesh leaves no false one among 12 photos; without it cats and apples have faces.
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
 * Loads `@vladmandic/human` (CenterNet for objects, BlazeFace checked by FaceMesh for faces) on TensorFlow's
 * WebAssembly. It belongs in a thread of its own.
 *
 * @returns what finds things; their boxes may reach beyond an image that cuts them off
 */
export async function openObjectDetector(
  files: DetectorFiles,
): Promise<(image: Pixels) => Promise<readonly DetectedObject[]>> {
  setWasmPaths(files.wasmPath);
  // More threads would need another WebAssembly, and bring little.
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
