import { isServerAtFault, mayBeCausedByImage } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import type { Description } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import { onAbort } from '../on-abort.ts';

/** The same model on one of several servers. */
export interface PoolMember {
  readonly host: string;
  readonly model: VisionModel;
  /** How many images to send to the server at once. */
  readonly atOnce: number;
}

interface State extends PoolMember {
  busy: number;
  /** Why the server is no longer used; null while it is. */
  lost: NotesightError | null;
}

/** Called once for each server that fails while others continue. */
type OnLost = (host: string, error: NotesightError) => void;

/** The servers of a pool, and how many images each is processing. */
interface Servers {
  /** How many images can be in progress at once. */
  readonly atOnce: number;
  /** The error of the first server once all are lost; null until then. */
  readonly failure: NotesightError | null;
  /**
   * Waits for a free slot on the first server, in order, that has not received the image yet.
   * @returns null if every remaining server has received it
   */
  takeSlot(tried: ReadonlySet<State>, signal: AbortSignal): Promise<State | null>;
  freeSlot(state: State): void;
  /** Stops using a server. */
  lose(state: State, error: NotesightError): void;
}

function createServers(members: readonly PoolMember[], onLost: OnLost): Servers {
  const states = members.map((member): State => ({ ...member, busy: 0, lost: null }));
  let waiting: (() => void)[] = [];
  const available = () => states.filter(({ lost }) => lost === null);

  /** Must be called when a slot becomes free or a server is lost. */
  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const each of woken) each();
  }

  return {
    atOnce: states.reduce((sum, { atOnce }) => sum + atOnce, 0),
    get failure() {
      return available().length === 0 ? (states[0]?.lost ?? null) : null;
    },
    async takeSlot(tried, signal) {
      for (;;) {
        if (signal.aborted) throw new NotesightError('cancelled', 'Stopped while waiting for a server.');
        const untried = available().filter((state) => !tried.has(state));
        if (untried.length === 0) return null;
        const free = untried.find(({ busy, atOnce }) => busy < atOnce);
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
    },
    freeSlot(state) {
      state.busy--;
      wake();
    },
    lose(state, error) {
      if (state.lost !== null) return;
      const isLast = available().length === 1;
      // The last server stays in use as long as it responds at all.
      if (isLast && error.code === 'server_timeout') return;
      state.lost = error;
      if (!isLast) onLost(state.host, error);
    },
  };
}

/**
 * Combines one model on several servers. Each image goes to the first server, in order, that has a free slot. If it
 * fails there, it goes to another server that has not received it yet; a server that is gone is not used again. If
 * all are gone, the error is that of the first.
 */
export function createVisionPool(
  first: PoolMember,
  others: readonly PoolMember[],
  onLost: OnLost,
): VisionModel {
  const servers = createServers([first, ...others], onLost);

  /** @param ask sends an image to the model of a server */
  async function tryServers(
    ask: (model: VisionModel) => Promise<Description>,
    signal: AbortSignal,
  ): Promise<Description> {
    const tried = new Set<State>();
    let failure: NotesightError | null = null;
    for (;;) {
      const state = await servers.takeSlot(tried, signal);
      if (state === null) break;
      try {
        return await ask(state.model);
      } catch (error) {
        if (!(error instanceof NotesightError)) throw error;
        const isGone = error.code === 'server_timeout' || isServerAtFault(error);
        if (!isGone && !mayBeCausedByImage(error)) throw error;
        failure ??= error;
        tried.add(state);
        if (isGone) servers.lose(state, error);
      } finally {
        servers.freeSlot(state);
      }
    }
    throw servers.failure ?? failure ?? new NotesightError('server_down', 'No server is left.');
  }

  const { tasks } = first.model;
  return {
    ...first.model,
    atOnce: servers.atOnce,
    describe: (image, context, signal) =>
      tryServers((model) => model.describe(image, context, signal), signal),
    tasks: tasks && {
      ...tasks,
      perform: (task, image, context, signal) =>
        tryServers((model) => (model.tasks ?? tasks).perform(task, image, context, signal), signal),
    },
  };
}
