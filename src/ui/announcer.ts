import { element } from './dom.ts';

/** Announces changes elsewhere in the page to screen readers. */
export interface Announcer {
  readonly element: HTMLElement;
  /** Announces the news and the current state soon. */
  say(news: string): void;
  /** Announces the current state later, once for all changes until then. */
  sayState(): void;
  destroy(): void;
}

/** Milliseconds; combines several keystrokes into one announcement. */
const NEWS_DELAY = 500;
/** Milliseconds; avoids interrupting typing with every answer of the model. */
const STATE_DELAY = 10_000;

/** @param state returns the state as text at the time of the announcement */
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
