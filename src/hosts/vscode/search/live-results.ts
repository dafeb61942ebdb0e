import type { QuickPick } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';
import { once } from '../../../editor/once.ts';
import type { ImageItem } from './image-item.ts';
import type { ImageSearch, VaultImage } from './image-search.ts';

/** More results than a user would look through. */
const LIMIT = 50;
/** Milliseconds without a keystroke before the query is embedded. */
const PAUSE = 200;

/**
 * Keeps the items of a pick up to date while the user types and the search reads the notes.
 * @returns a function that stops it
 */
export function showLiveResults(
  pick: QuickPick<ImageItem>,
  search: ImageSearch,
  itemOf: (found: VaultImage) => ImageItem,
): () => void {
  const controller = new AbortController();
  let pause: NodeJS.Timeout | undefined;
  let lastRequest = 0;
  /** Asks for the date of each file, so not again whenever the query is emptied. */
  let latest = once(() => search.latest(LIMIT));

  async function refresh(): Promise<void> {
    const query = pick.value;
    const request = ++lastRequest;
    const found = query.trim() === '' ? await latest() : await search.find(query, LIMIT);
    if (request !== lastRequest) return;
    pick.items = found.map(itemOf);
  }

  /** Finds by meaning. Doesn't change the results once the user has moved to one of them. */
  async function understand(): Promise<void> {
    const query = pick.value;
    if (query.trim() === '' || !(await search.understand(query, controller.signal))) return;
    const [active] = pick.activeItems;
    if (query === pick.value && (active === undefined || active === pick.items[0])) await refresh();
  }

  async function read(): Promise<void> {
    pick.busy = true;
    await search.readAll(controller.signal);
    latest = once(() => search.latest(LIMIT));
    pick.busy = false;
    await refresh();
    await search.learnMeaning(controller.signal);
    await understand();
  }

  pick.onDidChangeValue(() => {
    void refresh();
    clearTimeout(pause);
    pause = setTimeout(() => void understand(), PAUSE);
  });
  void read();
  return () => {
    controller.abort(new NotesightError('cancelled', 'closed'));
    clearTimeout(pause);
  };
}
