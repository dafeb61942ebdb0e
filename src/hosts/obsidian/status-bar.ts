import { setIcon, setTooltip } from 'obsidian';
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
  setIcon(item.createSpan({ cls: 'notesight-status-icon' }), 'captions');
  const said = item.createSpan();
  let running = false;
  const say = (text: string, does: string) => {
    said.setText(text);
    // It takes the place of the text for a screen reader, so it says that too.
    setTooltip(item, `Notesight: ${text}. ${does}`, { placement: 'top' });
  };
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
        say(words.status.waiting(waiting), words.commands.resumeWaiting);
        return;
      }
      const { text, timeLeft } = statusText({ ...progress, now: Date.now() });
      const left = timeLeft === null ? '' : ` · ${words.status.timeLeft(timeLeft / 1000)}`;
      say(text + left, words.commands.stop);
    },
  };
}
