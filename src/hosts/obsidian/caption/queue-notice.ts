import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { ErrorHelp } from '../error-help.ts';
import type { Words } from '../messages/en.ts';
import { QuestionNotice } from '../question-notice.ts';

/** Tells once per outage that pasted images are queued, and why. */
export interface QueueNotice {
  /**
   * Call when an image was queued. @param count the number of queued images
   * @param isFirst whether no image was queued before
   */
  queued(error: NotesightError, count: number, isFirst: boolean): void;
  /** Closes the notice: no image is queued anymore. */
  readonly close: () => void;
}

export interface QueueNoticePorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly help: ErrorHelp;
  /** Tries the queued images again. */
  readonly tryNow: () => Promise<void>;
}

export function createQueueNotice({ words, explain, help, tryNow }: QueueNoticePorts): QueueNotice {
  const notice = new QuestionNotice();
  /** Whether the user asked to try again and waits for the outcome. */
  let isAsked = false;

  async function tryAgain(): Promise<void> {
    isAsked = true;
    await tryNow().finally(() => {
      isAsked = false;
    });
  }

  return {
    queued(error, count, isFirst) {
      const text = words.paste.queued(explain(error).message, count);
      if (isFirst || isAsked)
        notice.show(
          { text, attr: { role: 'status' } },
          { label: words.paste.tryNow, run: () => void tryAgain() },
          ...help(error),
        );
      else notice.setText(text);
    },
    close() {
      notice.hide();
    },
  };
}
