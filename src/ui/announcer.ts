import { element } from './dom.ts';

/** Tells a screen reader what changes elsewhere in the page. */
export interface Announcer {
  readonly element: HTMLElement;
  /** Says it soon, with the state of things. */
  say(news: string): void;
  /** Says the state of things in a while, once for all that changes until then. */
  sayState(): void;
  destroy(): void;
}

/** Milliseconds: several keystrokes make one announcement. */
const NEWS_DELAY = 500;
/** Milliseconds: somebody who edits a text is not talked over with every answer of the model. */
const STATE_DELAY = 10_000;

/** @param state the state of things in words, when it is said */
export function createAnnouncer(doc: Document, state: () => string): Announcer {
  const region = element(doc, 'div', 'notesight-announcer');
  region.ariaLive = 'polite';
  region.role = 'status';
  const news: string[] = [];
  let cancel: (() => void) | null = null;

  function speakIn(delay: number): void {
    cancel?.();
    const view = region.ownerDocument.defaultView;
    const timer = view?.setTimeout(() => {
      cancel = null;
      region.textContent = [...news.splice(0), state()].join(' ');
    }, delay);
    cancel = () => view?.clearTimeout(timer);
  }

  return {
    element: region,
    say(text) {
      news.push(text);
      speakIn(NEWS_DELAY);
    },
    sayState() {
      if (cancel === null) speakIn(STATE_DELAY);
    },
    destroy() {
      cancel?.();
    },
  };
}
