import { undoBatch } from '../../../core/caption/undo-batch.ts';
import { NotesightError } from '../../../core/errors.ts';
import type { RefinedImage } from '../../../editor/captioner.ts';
import { refineInNote } from '../../../editor/refine-in-note.ts';
import { ProgressNotice } from '../progress-notice.ts';
import { QuestionNotice } from '../question-notice.ts';
import { showError } from '../show-error.ts';
import type { ReviewPorts } from './review-modal.ts';

/** Milliseconds that the result and its Undo button stay visible. */
const VISIBLE = 15_000;

/** Has the model write an alt text again, with a notice while it works and one to undo the result. */
export interface Refiner {
  /** @throws NotesightError */
  refine(image: RefinedImage): Promise<void>;
  /** Stops the request and closes the notices. */
  readonly close: () => void;
}

export function createRefiner({
  captioner,
  words,
  explain,
}: Pick<ReviewPorts, 'captioner' | 'words' | 'explain'>): Refiner {
  const { work, imageText } = words;
  const notice = new QuestionNotice();
  let controller = new AbortController();
  let timer = 0;
  const stop = () => {
    controller.abort(new NotesightError('cancelled', 'stopped'));
  };
  const progress = new ProgressNotice(work.progress, { label: work.stop, run: stop });

  async function undo(batch: string): Promise<void> {
    const { notes, openVaultData } = captioner.ports;
    const { journal } = await openVaultData();
    for await (const { error } of undoBatch(batch, { notes, journal }, new AbortController().signal)) {
      if (error !== null) showError(error, explain);
    }
  }

  function showRefined(batch: string): void {
    window.clearTimeout(timer);
    const run = () => void undo(batch);
    notice.show({ text: imageText.refined, attr: { role: 'status' } }, { label: imageText.undo, run });
    timer = window.setTimeout(() => {
      notice.hide();
    }, VISIBLE);
  }

  return {
    async refine(image) {
      stop();
      controller = new AbortController();
      const { signal } = controller;
      progress.show(imageText.refining, null);
      try {
        showRefined(await refineInNote(captioner, image, signal));
      } finally {
        // A later request shows its own progress.
        if (signal === controller.signal) progress.hide();
      }
    },
    close() {
      stop();
      window.clearTimeout(timer);
      progress.hide();
      notice.hide();
    },
  };
}
