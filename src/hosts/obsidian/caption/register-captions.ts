import type { Plugin } from 'obsidian';
import { createReviewDrafts } from '../../../editor/review/review-drafts.ts';
import { createUnfinishedBatches, type UnfinishedBatches } from '../../../editor/unfinished-batch.ts';
import type { ErrorHelp } from '../error-help.ts';
import type { Services } from '../services.ts';
import { type Batches, createBatches } from './batches.ts';
import { type CaptionCommands, createCaptionCommands } from './caption-commands.ts';
import { createImageQueue, type ImageQueue } from './image-queue.ts';
import { createImageTextCommands, type ImageTextCommands } from './image-text-commands.ts';
import { createQueueNotice } from './queue-notice.ts';

/** The running or paused batch, which is local to this device. */
const BATCH_KEY = 'notesight-batch';
/** The drafts of unfinished reviews. */
const DRAFTS_KEY = 'notesight-review';
/** Interval for retrying a server that was down while images or a batch are queued, in milliseconds. */
const RETRY_INTERVAL = 30_000;

export interface CaptionFeatures {
  readonly captions: CaptionCommands;
  readonly imageTexts: ImageTextCommands;
  readonly batches: Batches;
  readonly unfinished: UnfinishedBatches;
  readonly queue: ImageQueue;
}

/** @param onChange called when the queue or the resumable batch may have changed */
export function registerCaptions(
  plugin: Plugin,
  services: Services & { readonly help: ErrorHelp },
  onChange: () => void,
): CaptionFeatures {
  const { app } = plugin;
  const { captioner, explain, skipped } = services;
  const drafts = createReviewDrafts({
    load: () => app.loadLocalStorage(DRAFTS_KEY) as unknown,
    save(stored) {
      app.saveLocalStorage(DRAFTS_KEY, stored);
    },
  });
  const queueNotice = createQueueNotice({ ...services, tryNow: () => queue.resume() });
  const queue: ImageQueue = createImageQueue(app, {
    captioner,
    explain,
    onChange() {
      if (queue.count === 0) queueNotice.close();
      onChange();
    },
    onQueued(error, isFirst) {
      queueNotice.queued(error, queue.count, isFirst);
    },
  });
  const unfinished = createUnfinishedBatches(
    {
      load: () => app.loadLocalStorage(BATCH_KEY) as unknown,
      save(batch) {
        app.saveLocalStorage(BATCH_KEY, batch);
      },
    },
    onChange,
  );
  const ports = { ...services, drafts };
  const batches = createBatches(app, ports, unfinished);
  const captions = createCaptionCommands(app, ports, batches);
  const imageTexts = createImageTextCommands(app, services);
  plugin.register(() => {
    unfinished.close();
    batches.close();
    queueNotice.close();
    imageTexts.close();
  });
  // A file that can't be read is reported by the first command that needs it.
  app.workspace.onLayoutReady(() => {
    skipped().catch(() => undefined);
  });
  plugin.registerEvent(
    app.vault.on('rename', (file, oldPath) => {
      queue.renamed();
      drafts.renamed(oldPath, file.path);
      void skipped()
        .then((images) => images.renamed(oldPath, file.path))
        .catch(() => undefined);
    }),
  );
  plugin.registerInterval(
    window.setInterval(() => {
      if (captioner.progress !== null) return;
      if (unfinished.resumable !== null) void batches.retry();
      if (queue.count > 0) void queue.retry();
    }, RETRY_INTERVAL),
  );
  return { captions, imageTexts, batches, unfinished, queue };
}
