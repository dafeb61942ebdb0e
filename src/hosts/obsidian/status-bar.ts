import { setTooltip } from 'obsidian';
import { statusText } from '../../ui/status-text.ts';
import type { Progress } from './captioner.ts';
import type { Words } from './words/en.ts';

export interface StatusBar {
  /** @param waiting how many images wait for the server */
  show(progress: Progress | null, waiting: number): void;
}

/** What is running and how long still, or what waits for the server; a click or Enter stops the one, resumes the other. */
export function createStatusBar(
  item: HTMLElement,
  words: Words,
  actions: { readonly stop: () => void; readonly resume: () => void },
): StatusBar {
  item.addClass('notesight-status', 'mod-clickable');
  item.setAttribute('role', 'button');
  item.tabIndex = 0;
  item.hide();
  let running = false;
  const act = () => {
    if (running) actions.stop();
    else actions.resume();
  };
  item.addEventListener('click', act);
  item.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter' || key === ' ') act();
  });
  return {
    show(progress, waiting) {
      running = progress !== null;
      item.toggle(running || waiting > 0);
      if (progress === null) {
        item.setText(words.status.waiting(waiting));
        setTooltip(item, words.commands.resumeWaiting, { placement: 'top' });
        return;
      }
      const { text, timeLeft } = statusText({ ...progress, now: Date.now() });
      item.setText(timeLeft === null ? text : `${text} · ${words.status.timeLeft(timeLeft / 1000)}`);
      setTooltip(item, words.commands.stop, { placement: 'top' });
    },
  };
}
