import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { ChatAnalysis } from './chat-state.ts';
import type { AnalysisWords } from './chat-words.ts';

/** Progress of the images that the last answer could not consider. */
export interface AnalysisView {
  readonly element: HTMLElement;
  /** @param analysis null hides the view */
  show(analysis: ChatAnalysis | null): void;
}

export interface AnalysisActions {
  readonly start: () => void;
  readonly stop: () => void;
  /** Answers the last question again. */
  readonly askAgain: () => void;
}

export function createAnalysisView(
  doc: Document,
  words: AnalysisWords,
  actions: AnalysisActions,
): AnalysisView {
  const root = element(doc, 'div', 'notesight-analysis');
  const text = element(doc, 'span', 'notesight-analysis-text');
  const bar = element(doc, 'progress', 'notesight-bar');
  const start = button(doc, 'notesight-tool', words.start, actions.start);
  const stop = button(doc, 'notesight-tool', words.stop, actions.stop);
  const askAgain = button(doc, 'notesight-tool', words.askAgain, actions.askAgain);
  root.append(text, bar, start, stop, askAgain);

  function textOf({ state, failed, timeLeft, error, ...count }: ChatAnalysis): string {
    const parts = [
      words.count(count),
      ...(failed > 0 && error === null ? [words.failed(failed)] : []),
      ...(state === 'running' && timeLeft !== null ? [words.timeLeft(timeLeft / 1000)] : []),
    ];
    return [parts.join(' · '), ...(error === null ? [] : [error.message, error.advice])].join('\n');
  }

  return {
    element: root,
    show(analysis) {
      root.hidden = analysis === null;
      if (analysis === null) return;
      const { state, done, total } = analysis;
      const shown = textOf(analysis);
      if (text.textContent !== shown) text.textContent = shown;
      bar.max = total;
      bar.value = done;
      bar.ariaLabel = words.count(analysis);
      bar.hidden = state !== 'running';
      const hadFocus = root.contains(doc.activeElement);
      start.hidden = state !== 'idle' && state !== 'failed';
      stop.hidden = state !== 'running';
      askAgain.hidden = state !== 'done';
      if (hadFocus) [start, stop, askAgain].find((each) => !each.hidden)?.focus();
    },
  };
}
