import { isServerAtFault, isServerAway, isStorageFull } from '../../core/error-kinds.ts';
import { isCancelled, NotesightError } from '../../core/errors.ts';
import type { ChatAnalysis as ShownAnalysis } from '../../ui/chat/chat-state.ts';

/** Describes an image, and stores the description where the next question finds it. */
export type Analyze<Result = unknown> = (file: string, signal: AbortSignal) => Promise<Result>;

/** Describes the images that an answer could not consider, one after another, while no answer is in progress. */
export interface ChatAnalysis {
  /** null if no analysis was started. */
  readonly state: (Omit<ShownAnalysis, 'error'> & { readonly error: NotesightError | null }) | null;
  /**
   * @param files without a description
   * @param known how many other images have one
   */
  start(analyze: Analyze, files: readonly string[], known: number): Promise<void>;
  /** Aborts the description in progress. */
  readonly stop: () => void;
  /** Aborts it and forgets the progress. */
  readonly clear: () => void;
}

/** @param onChange called after each change of the state */
export function createChatAnalysis(onChange: () => void): ChatAnalysis {
  let state: ChatAnalysis['state'] = null;
  let controller: AbortController | null = null;

  function end(next: ChatAnalysis['state']): void {
    controller?.abort(new NotesightError('cancelled', 'stopped'));
    controller = null;
    state = next;
    onChange();
  }

  return {
    get state() {
      return state;
    },
    stop() {
      end(state === null ? null : { ...state, state: 'idle', timeLeft: null });
    },
    clear() {
      end(null);
    },
    async start(analyze, files, known) {
      end(null);
      const own = new AbortController();
      controller = own;
      const begun = Date.now();
      let failed = 0;
      let error: NotesightError | null = null;
      const show = (tried: number): void => {
        state = {
          state: error !== null ? 'failed' : tried === files.length ? 'done' : 'running',
          done: known + tried - failed,
          total: known + files.length,
          failed,
          timeLeft: tried === 0 ? null : ((Date.now() - begun) / tried) * (files.length - tried),
          error,
        };
        onChange();
      };
      show(0);
      for (const [index, file] of files.entries()) {
        try {
          await analyze(file, own.signal);
        } catch (thrown) {
          if (own.signal.aborted || isCancelled(thrown)) return;
          if (!(thrown instanceof NotesightError)) throw thrown;
          if (concernsAll(thrown)) error = thrown;
          failed++;
        }
        if (own.signal.aborted) return;
        show(index + 1);
        if (error !== null) return;
      }
    },
  };
}

/** Whether the other images would fail in the same way. */
const concernsAll = (error: NotesightError): boolean =>
  isServerAtFault(error) || isServerAway(error) || isStorageFull(error);
