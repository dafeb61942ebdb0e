import type { App } from 'obsidian';
import { mayPassLater } from '../../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import { captionNewImage } from '../../../editor/caption-actions.ts';
import type { Captioner } from '../../../editor/captioner.ts';
import { showError } from '../show-error.ts';
import type { PastedImage } from './pasted-images.ts';
import { createQueuedImages } from './queued-images.ts';

/** Captions pasted images, and queues them while the server is down. */
export interface ImageQueue {
  /** Number of queued images. */
  readonly count: number;
  /** Captions a pasted image; if the server is down, the image is queued. */
  caption(pasted: PastedImage): Promise<void>;
  /** Captions the queued images one by one, until the server is down again or the user stops it. */
  readonly resume: () => Promise<void>;
  /** Like `resume`, but runs automatically and does nothing if the user stopped it. */
  retry(): Promise<void>;
  /** Call after files were renamed. */
  readonly renamed: () => void;
}

export interface QueuePorts {
  readonly captioner: Captioner;
  readonly explain: (error: NotesightError) => Explanation;
  /** Called when the queue may have changed. */
  readonly onChange: () => void;
  /** Called when an image is queued. @param isFirst whether no image was queued before */
  readonly onQueued: (error: NotesightError, isFirst: boolean) => void;
}

export function createImageQueue(
  app: App,
  { captioner, explain, onChange, onQueued }: QueuePorts,
): ImageQueue {
  const queued = createQueuedImages(app);
  let resuming: Promise<void> | null = null;
  /** Whether the user stopped the queued images; they then resume only on request. */
  let isHeld = false;

  /** Errors other than an unreachable server are reported and not retried. */
  async function captionOrQueue(pasted: PastedImage): Promise<'done' | 'stopped' | 'queued'> {
    try {
      const { note, image } = pasted;
      const end = await captionNewImage(captioner, () => {
        const isThere = [note, image].every(({ path }) => app.vault.getFileByPath(path) !== null);
        return isThere ? { note: note.path, image: image.path } : null;
      });
      if (end === 'done') queued.remove(pasted);
      return end;
    } catch (error) {
      if (isCancelled(error)) return 'stopped';
      if (error instanceof NotesightError && mayPassLater(error)) {
        const isFirst = queued.count === 0;
        queued.add(pasted);
        onQueued(error, isFirst);
        return 'queued';
      }
      queued.remove(pasted);
      showError(error, explain);
      return 'done';
    } finally {
      onChange();
    }
  }

  async function captionAll(): Promise<void> {
    for (const pasted of queued.all()) {
      const end = await captionOrQueue(pasted);
      isHeld = end === 'stopped';
      // If one image is queued again, the others would be too.
      if (end !== 'done') return;
    }
  }

  function resume(): Promise<void> {
    resuming ??= captionAll().finally(() => {
      resuming = null;
    });
    return resuming;
  }

  return {
    get count() {
      return queued.count;
    },
    async caption(pasted) {
      await captionOrQueue(pasted);
    },
    resume,
    async retry() {
      if (!isHeld) await resume();
    },
    renamed: queued.renamed,
  };
}
