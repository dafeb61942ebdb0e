import { type Lightbox, openLightbox } from '../overlay/lightbox.ts';
import type { LightboxWords } from '../overlay/lightbox-words.ts';
import type { ReviewRow } from './review-row.ts';

/** Shows the image of a row large, with the row's text and buttons beside it. */
export interface RowLightbox {
  open(row: ReviewRow): void;
  /** @returns whether it is open, and so shows the next row instead of the list */
  step(to: 'up' | 'down'): boolean;
  /**
   * Called before rows are removed.
   * @returns the row to show next, if it showed one of these; null otherwise
   */
  leave(finished: readonly ReviewRow[]): ReviewRow | null;
  close(): void;
}

/** @param neighbor the next row in this direction; null at the end */
export function createRowLightbox(
  doc: Document,
  words: LightboxWords,
  neighbor: (row: ReviewRow, to: 'up' | 'down') => ReviewRow | null,
): RowLightbox {
  let shown: ReviewRow | null = null;
  let lightbox: Lightbox | null = null;

  function lend(row: ReviewRow) {
    shown?.takeBack();
    shown = row;
    return row.lend();
  }

  function next(by: 1 | -1) {
    const row = shown === null ? null : neighbor(shown, by === 1 ? 'down' : 'up');
    return row === null ? null : lend(row);
  }

  function open(row: ReviewRow): void {
    if (lightbox !== null) {
      lightbox.show(lend(row));
      row.focus('text', 'end');
      return;
    }
    lightbox = openLightbox(doc, lend(row), words, {
      step: next,
      closed: () => {
        const last = shown;
        last?.takeBack();
        shown = null;
        lightbox = null;
        last?.element.scrollIntoView({ block: 'nearest' });
        last?.focus('text', 'end');
      },
    });
  }

  return {
    open,
    step(to) {
      if (lightbox === null) return false;
      const item = next(to === 'down' ? 1 : -1);
      if (item === null) return true;
      lightbox.show(item);
      shown?.focus('text', to === 'down' ? 'start' : 'end');
      return true;
    },
    leave(finished) {
      if (shown === null || !finished.includes(shown)) return null;
      const others = [neighbor(shown, 'down'), neighbor(shown, 'up')];
      const following = others.find((row) => row !== null && row.state !== 'skipped') ?? null;
      if (following === null) lightbox?.close();
      return following;
    },
    close() {
      lightbox?.close();
    },
  };
}
