import { isServerAtFault, mayBeTheImage } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { onAbort } from '../on-abort.ts';

/** One and the same model on one of several servers. */
export interface PoolMember {
  readonly host: string;
  readonly model: VisionModel;
  /** How many images the server is shown at once. */
  readonly atOnce: number;
}

interface State extends PoolMember {
  busy: number;
  /** Why the server is no longer asked; null while it is. */
  lost: NotesightError | null;
}

/**
 * A model that several servers have. Each image goes to the first of them, in their order, that has a free place. One that
 * a server fails with goes to another that it was not sent to yet; a server that is gone is not asked again. Where all
 * are, the error is that of the first.
 * @param onLost told once of each server that dropped out while others go on
 */
export function createVisionPool(
  first: PoolMember,
  others: readonly PoolMember[],
  onLost: (host: string, error: NotesightError) => void,
): VisionModel {
  const states = [first, ...others].map((member): State => ({ ...member, busy: 0, lost: null }));
  let waiting: (() => void)[] = [];
  const there = () => states.filter(({ lost }) => lost === null);

  /** To be called where a place came free or a server went. */
  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const each of woken) each();
  }

  /** @returns null where no server is left that the image was not sent to */
  async function place(tried: ReadonlySet<State>, signal: AbortSignal): Promise<State | null> {
    for (;;) {
      if (signal.aborted) throw new NotesightError('cancelled', 'Stopped while waiting for a server.');
      const able = there().filter((state) => !tried.has(state));
      if (able.length === 0) return null;
      const free = able.find(({ busy, atOnce }) => busy < atOnce);
      if (free !== undefined) {
        free.busy++;
        return free;
      }
      await new Promise<void>((resolve) => {
        const stopListening = onAbort(signal, resolve);
        waiting.push(() => {
          stopListening();
          resolve();
        });
      });
    }
  }

  function lose(state: State, error: NotesightError): void {
    if (state.lost !== null) return;
    const isLast = there().length === 1;
    // The last one may be asked as long as it answers at all.
    if (isLast && error.code === 'server_timeout') return;
    state.lost = error;
    if (!isLast) onLost(state.host, error);
  }

  /** @param ask sends an image to the model of a server */
  async function elsewhereToo(
    ask: (model: VisionModel) => Promise<Description>,
    signal: AbortSignal,
  ): Promise<Description> {
    const tried = new Set<State>();
    let failure: NotesightError | null = null;
    for (;;) {
      const state = await place(tried, signal);
      if (state === null) break;
      try {
        return await ask(state.model);
      } catch (error) {
        if (!(error instanceof NotesightError)) throw error;
        const goes = error.code === 'server_timeout' || isServerAtFault(error);
        if (!goes && !mayBeTheImage(error)) throw error;
        failure ??= error;
        tried.add(state);
        if (goes) lose(state, error);
      } finally {
        state.busy--;
        wake();
      }
    }
    const isEnd = there().length === 0;
    throw (
      (isEnd ? states[0]?.lost : null) ?? failure ?? new NotesightError('server_down', 'No server is left.')
    );
  }

  const { tasks } = first.model;
  return {
    ...first.model,
    atOnce: states.reduce((sum, { atOnce }) => sum + atOnce, 0),
    describe: (image, context, signal) =>
      elsewhereToo((model) => model.describe(image, context, signal), signal),
    tasks: tasks && {
      ...tasks,
      perform: (task, image, context, signal) =>
        elsewhereToo((model) => (model.tasks ?? tasks).perform(task, image, context, signal), signal),
    },
  };
}
