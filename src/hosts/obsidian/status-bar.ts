import { setIcon, setTooltip } from 'obsidian';
import { createAnnouncer } from '../../ui/announcer.ts';
import { statusText } from '../../ui/status-text.ts';
import type { Progress } from '../editor/captioner.ts';
import type { Words } from './words/en.ts';

export interface StatusBar {
  /** @param waiting how many images wait for the server */
  show(progress: Progress | null, waiting: number): void;
  close(): void;
}

/** What is running and how long still, or what waits for the server; a click or Enter stops the one, resumes the other. */
export function createStatusBar(
  item: HTMLElement,
  words: Words,
  actions: { readonly stop: () => void; readonly resume: () => void },
): StatusBar {
  item.addClass('notesight-status', 'mod-clickable');
  item.hide();
  setIcon(item.createSpan({ cls: 'notesight-status-icon' }), 'captions');
  const button = item.createSpan({ attr: { role: 'button', tabindex: '0' } });
  const announcer = createAnnouncer(item.ownerDocument, () => button.textContent);
  item.append(announcer.element);
  let running = false;
  const act = () => {
    if (running) actions.stop();
    else actions.resume();
  };
  item.addEventListener('click', act);
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });

  function showText(text: string, action: string): void {
    button.setText(text);
    // The tooltip is the name that a screen reader says, in place of the text.
    setTooltip(button, `Notesight: ${text}. ${action}`, { placement: 'top' });
    announcer.sayState();
  }

  return {
    show(progress, waiting) {
      running = progress !== null;
      item.toggle(running || waiting > 0);
      if (progress === null) {
        if (waiting > 0) showText(words.status.waiting(waiting), words.commands.resumeWaiting);
        return;
      }
      const { text, timeLeft } = statusText({ ...progress, now: Date.now() });
      const left = timeLeft === null ? '' : ` · ${words.status.timeLeft(timeLeft / 1000)}`;
      showText(`${text}${left}`, words.commands.stop);
    },
    close() {
      announcer.destroy();
    },
  };
}
