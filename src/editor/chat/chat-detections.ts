import type { Detections } from '../../core/detect/detect-objects.ts';
import type { Detector } from '../../core/detect/detector.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ChatWhere } from '../../ui/chat/chat-state.ts';

/** Object detection in one image at a time, as the panel shows it. */
export interface ChatDetections {
  /** @param numberOf returns the number of an image in the conversation */
  state(numberOf: (file: string) => number): ChatWhere | null;
  find(file: string, language: string): Promise<void>;
  /** Closes the view and cancels running detection. */
  leave(): void;
}

const NONE: ChatWhere['boxes'] = [];

export function createChatDetections(
  detector: Detector,
  explain: (error: NotesightError) => Explanation,
  onChange: () => void,
): ChatDetections {
  let current: { readonly file: string; readonly stop: AbortController } | null = null;
  let found: Detections | null = null;
  let failed: NotesightError | null = null;

  function begin(next: typeof current): void {
    current?.stop.abort(new NotesightError('cancelled', 'not wanted any more'));
    [current, found, failed] = [next, null, null];
    onChange();
  }

  return {
    leave() {
      begin(null);
    },
    state(numberOf) {
      if (current === null) return null;
      const missed = found?.missed ?? null;
      return {
        image: numberOf(current.file),
        isBusy: found === null && failed === null,
        boxes: found?.boxes ?? NONE,
        model: found?.model ?? '',
        remark: missed === null ? '' : explain(missed).message,
        error: failed === null ? null : explain(failed),
      };
    },
    async find(file, language) {
      const mine = { file, stop: new AbortController() };
      begin(mine);
      try {
        const detections = await detector(file, language, mine.stop.signal);
        if (current !== mine) return;
        found = detections;
      } catch (error) {
        if (current !== mine) return;
        if (isCancelled(error)) current = null;
        else if (error instanceof NotesightError) failed = error;
        else throw error;
      }
      onChange();
    },
  };
}
