import { focusOn } from '../dom.ts';
import type { ChatActions, ChatState } from './chat-state.ts';
import type { ChatWords } from './chat-words.ts';
import { openWhere, type WhereView } from './where-view.ts';

/** Opens and closes the view of detected objects as the state says. */
export interface Detection {
  readonly start: (image: number) => void;
  show(state: ChatState): void;
  close(): void;
}

/** @param questionBox focused after an object is selected */
export function createDetection(
  doc: Document,
  words: ChatWords,
  actions: Pick<ChatActions, 'detectObjects' | 'setRegion' | 'stopDetection'>,
  questionBox: () => HTMLElement,
): Detection {
  let view: WhereView | null = null;
  /** The element to focus when the view closes. */
  let after: Element | null = null;
  return {
    start(image) {
      after = doc.activeElement;
      actions.detectObjects(image);
    },
    show({ where, images }) {
      const image = images.find(({ number }) => number === where?.image);
      if (view !== null && view.number !== image?.number) {
        view.close();
        view = null;
        focusOn(after);
      }
      if (where === null || image === undefined) return;
      view ??= openWhere(doc, image, words, {
        take: (part) => {
          after = questionBox();
          actions.setRegion(image.number, part);
          actions.stopDetection();
        },
        tryAgain: () => {
          actions.detectObjects(image.number);
        },
        leave: () => {
          actions.stopDetection();
        },
      });
      view.show(where);
    },
    close() {
      view?.close();
    },
  };
}
