import { source } from 'worker:../worker/canvas-worker.ts';
import { NotesightError } from '../../../core/errors.ts';
import type { Gap } from '../../../core/image/cut-file.ts';
import type { FittedImage, GrayImage, PixelRegion, PixelSize } from '../../../core/ports.ts';
import type { CanvasAnswer, CanvasRequest, Opened } from '../worker/canvas-messages.ts';

/** Handles one request at a time. End it after a failure. */
export interface CanvasWorker {
  /**
   * Decodes a file, or takes over a drawing; the argument is transferred and unusable afterwards.
   * @param opaque whether it is known to have no transparency
   * @param gap how to find the missing part; null if the image is complete
   * @returns the upright size, and facts about its pixels
   * @throws Error with the message of the platform
   */
  open(image: ArrayBuffer | ImageBitmap, opaque: boolean, gap: Gap | null): Promise<Opened>;
  /**
   * Fits the open image and closes it.
   * @param region the region to use, in pixels of the open image; null for the whole image
   * @param photo whether it is known to be a photo, so that no analysis is needed
   * @throws Error with the message of the platform
   */
  fit(size: PixelSize, region: PixelRegion | null, photo: boolean): Promise<FittedImage>;
  /**
   * Returns the pixels of the open image in grayscale and closes it.
   * @throws Error with the message of the platform
   */
  gray(size: PixelSize): Promise<Omit<GrayImage, 'source'>>;
  /** Cancels the current request and all later ones. */
  end(): void;
}

/** Starts a worker from code embedded in the bundle, because an Obsidian plugin is a single file. */
export function startCanvasWorker(): CanvasWorker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let fail: (reason: Error) => void = () => undefined;
  let ended: NotesightError | null = null;

  const ask = (request: CanvasRequest, transfer: Transferable[] = []) =>
    new Promise<CanvasAnswer>((resolve, reject) => {
      // An ended worker would never answer.
      if (ended !== null) throw ended;
      fail = reject;
      worker.onmessage = ({ data }: MessageEvent<CanvasAnswer>) => {
        resolve(data);
      };
      worker.postMessage(request, transfer);
    });
  worker.onerror = (event) => {
    event.preventDefault();
    fail(new Error(`the worker broke: ${event.message}`));
  };

  return {
    async open(image, opaque, gap) {
      const answer = await ask({ type: 'open', image, opaque, gap }, [image]);
      if (answer.type === 'opened') return answer;
      throw unfit(answer);
    },
    async fit({ width, height }, region, photo) {
      const answer = await ask({ type: 'fit', width, height, region, photo });
      if (answer.type === 'fitted')
        return { bytes: new Uint8Array(answer.bytes), type: answer.mediaType, width, height };
      throw unfit(answer);
    },
    async gray({ width, height }) {
      const answer = await ask({ type: 'gray', width, height });
      if (answer.type === 'grayed') return { pixels: new Uint8Array(answer.pixels), width, height };
      throw unfit(answer);
    },
    end() {
      worker.terminate();
      URL.revokeObjectURL(url);
      ended = new NotesightError('cancelled', 'the worker was ended');
      fail(ended);
    },
  };
}

function unfit(answer: CanvasAnswer): Error {
  return new Error(answer.type === 'failed' ? answer.message : `the worker said ${answer.type}`);
}
