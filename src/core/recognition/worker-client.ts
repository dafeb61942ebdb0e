import { NotesightError } from '../errors.ts';
import type { Recognizer, FittedImage } from '../ports.ts';
import { withTimeLimit } from '../with-time-limit.ts';

/** A recognizer that keeps a thread until it is closed. */
export interface WorkerRecognizer<Found> extends Recognizer<Found> {
  close(): Promise<void>;
}

/** How a recognizer works in its own thread. */
export interface ImageWork<Thread, Found> {
  /** The activity for error messages: "reading the text". */
  readonly doing: string;
  /** For one image, including the start of the thread; in milliseconds. */
  readonly timeLimit: number;
  /** How long a thread waits for the next image before it is ended, in milliseconds; omitted for no limit. */
  readonly idle?: number;
  readonly start: () => Promise<Thread>;
  readonly look: (thread: Thread, image: FittedImage, signal: AbortSignal) => Promise<readonly Found[]>;
  readonly stop: (thread: Thread) => Promise<unknown>;
}

/**
 * A recognizer whose thread starts with the first image and processes one image at a time. The thread is replaced
 * after an image that was stopped, took too long, or crashed it: its work can only be interrupted by ending it.
 */
export function createImageWorker<Thread, Found>(work: ImageWork<Thread, Found>): WorkerRecognizer<Found> {
  let thread: Promise<Thread> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let idle: ReturnType<typeof setTimeout> | undefined;

  const close = async () => {
    clearTimeout(idle);
    const closing = thread;
    thread = undefined;
    const started = await closing?.catch(() => undefined);
    // Waits one turn: tesseract.js throws an uncatchable error if a worker ends while an image is being sent to it.
    await new Promise((resolve) => setTimeout(resolve));
    if (started !== undefined) await work.stop(started);
  };

  const look = async (image: FittedImage, signal: AbortSignal) => {
    clearTimeout(idle);
    const tooLong = new NotesightError('image_unreadable', `${work.doing} takes too long`, {
      data: { maxSeconds: work.timeLimit / 1000 },
    });
    try {
      return await withTimeLimit(signal, work.timeLimit, tooLong, async (limited) => {
        thread ??= work.start();
        return work.look(await thread, image, limited);
      });
    } catch (error) {
      void close();
      if (error instanceof NotesightError) throw error;
      throw new NotesightError('image_unreadable', `${work.doing} failed at the image`, { cause: error });
    } finally {
      if (work.idle !== undefined && thread !== undefined) idle = setTimeout(() => void close(), work.idle);
    }
  };

  return {
    look(image, signal) {
      const running = turn.then(() => look(image, signal));
      turn = running.catch(() => undefined);
      return running;
    },
    close,
  };
}
