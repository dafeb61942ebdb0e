import type { AskPorts } from '../../core/ask/ask-request.ts';
import type { ChatSession } from '../../core/ask/chat-session.ts';
import type { Turn } from '../../core/ask/conversation.ts';
import type { NotesightError } from '../../core/errors.ts';
import type { Explanation } from '../../core/messages/explain.ts';
import type { ChatActions, ChatState } from '../../ui/chat/chat-state.ts';
import { type Analyze, createChatAnalysis } from './chat-analysis.ts';
import type { ChatSelection } from './chat-selection.ts';

/** The images that the last answer could not consider. */
export interface MissingImages {
  /** What the panel shows; null if the last answer considered all images. */
  readonly state: (explain: (error: NotesightError) => Explanation) => ChatState['analysis'];
  readonly actions: Pick<ChatActions, 'analyze' | 'stopAnalysis'>;
  /** Describes them after an answer, unless the user stopped it. */
  readonly onAnswer: () => void;
  /** Stops and forgets the progress, as before the next question. */
  readonly clear: () => void;
}

export interface MissingImagesParts {
  readonly session: ChatSession;
  readonly selection: ChatSelection;
  /** Opens the models. */
  readonly open: (signal: AbortSignal) => Promise<AskPorts>;
  /** Describes an image with the models opened last; null if answers wait for descriptions. */
  readonly analyze: () => Analyze | null;
}

/** @param onChange called after each change of the state */
export function createMissingImages(
  { session, selection, open, analyze }: MissingImagesParts,
  onChange: () => void,
): MissingImages {
  const analysis = createChatAnalysis(onChange);

  function lastTurn(): Turn | undefined {
    const { conversation, pending, failed } = session.snapshot;
    return pending === null && failed === null ? conversation.turns.at(-1) : undefined;
  }

  /** @param areOpen whether the models are open; after a restart or an error they are not */
  function start(areOpen: boolean): void {
    const missing = lastTurn()?.missing ?? [];
    const files = missing.flatMap((number) => selection.fileOf(number) ?? []);
    if (files.length === 0) return;
    const known = selection.chosen().filter((file) => !files.includes(file)).length;
    let isOpen = areOpen;
    const describe: Analyze = async (file, signal) => {
      if (!isOpen) await open(signal);
      isOpen = true;
      await analyze()?.(file, signal);
    };
    void analysis.start(describe, files, known);
  }

  return {
    state(explain) {
      const missing = lastTurn()?.missing.length ?? 0;
      if (missing === 0) return null;
      const { state } = analysis;
      if (state !== null) return { ...state, error: state.error && explain(state.error) };
      const total = Math.max(selection.chosen().length, missing);
      return { state: 'idle', done: total - missing, total, failed: 0, timeLeft: null, error: null };
    },
    actions: {
      analyze() {
        start(false);
      },
      stopAnalysis: analysis.stop,
    },
    onAnswer() {
      if (analyze() !== null && lastTurn()?.end !== 'stopped') start(true);
    },
    clear: analysis.clear,
  };
}
