import { source } from 'worker:../worker/canvas-worker.ts';
import { NotesightError } from '../../../core/errors.ts';
import type { Gap } from '../../../core/image/cut-file.ts';
import type { FittedImage, GreyImage, PixelRegion, PixelSize } from '../../../core/ports.ts';
import type { CanvasAnswer, CanvasRequest, Opened } from '../worker/canvas-messages.ts';

/** Does one thing at a time. Where it can't do what it is asked, or breaks, it is to be ended. */
export interface CanvasWorker {
  /**
   * Decodes a file, or takes over a drawing; what is handed in is gone afterwards.
   * @param opaque whether it is known to have no transparency
   * @param gap how to tell what is missing of it; null if it is whole
   * @returns the upright size, and what was found about its pixels
   * @throws Error in the platform's words
   */
  open(image: ArrayBuffer | ImageBitmap, opaque: boolean, gap: Gap | null): Promise<Opened>;
  /**
   * Fits what was opened, and closes it.
   * @param region the part to take, in pixels of what was opened; null for the whole
   * @param photo whether it is known to be one, so that nobody need look
   * @throws Error in the platform's words
   */
  fit(size: PixelSize, region: PixelRegion | null, photo: boolean): Promise<FittedImage>;
  /**
   * The pixels of what was opened, in grey, which is closed.
   * @throws Error in the platform's words
   */
  grey(size: PixelSize): Promise<Omit<GreyImage, 'source'>>;
  /** What it is at, and what it is asked later, is cancelled. */
  end(): void;
}

/** Starts a worker from the code that the build put into this one: a plugin of Obsidian has no second file. */
export function startCanvasWorker(): CanvasWorker {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let fail: (reason: Error) => void = () => undefined;
  let ended: NotesightError | null = null;

  const ask = (request: CanvasRequest, transfer: Transferable[] = []) =>
    new Promise<CanvasAnswer>((resolve, reject) => {
      // One that was ended would never answer.
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
    async grey({ width, height }) {
      const answer = await ask({ type: 'grey', width, height });
      if (answer.type === 'greyed') return { pixels: new Uint8Array(answer.pixels), width, height };
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
