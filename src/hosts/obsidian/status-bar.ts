import { Menu, setIcon, setTooltip } from 'obsidian';
import type { Progress } from '../../editor/progress.ts';
import { statusText } from '../../editor/status-text.ts';
import type { UnfinishedBatch } from '../../editor/unfinished-batch.ts';
import { createAnnouncer } from '../../ui/announcer.ts';
import type { Words } from './messages/en.ts';

export interface StatusBar {
  /**
   * @param waiting number of images queued until the server responds
   * @param paused the batch that can be resumed
   */
  show(progress: Progress | null, waiting: number, paused: UnfinishedBatch | null): void;
  readonly close: () => void;
}

/**
 * Shows the running work and the time left, the paused batch, or the queued images. A click or Enter stops the work,
 * asks about the batch, or retries the queued images.
 */
export function createStatusBar(
  item: HTMLElement,
  words: Words,
  actions: {
    readonly stop: () => void;
    readonly resume: () => void;
    readonly resumeBatch: () => void;
    readonly dismissBatch: () => void;
  },
): StatusBar {
  item.addClass('notesight-status', 'mod-clickable');
  item.hide();
  setIcon(item.createSpan({ cls: 'notesight-status-icon' }), 'captions');
  const button = item.createSpan({ attr: { role: 'button', tabindex: '0' } });
  const announcer = createAnnouncer(item.ownerDocument, () => button.textContent);
  item.append(announcer.element);
  let act = actions.resume;

  function askAboutBatch(): void {
    const { left, top } = item.getBoundingClientRect();
    new Menu()
      .addItem((entry) => entry.setTitle(words.paused.resume).setIcon('play').onClick(actions.resumeBatch))
      .addItem((entry) => entry.setTitle(words.paused.stop).setIcon('square').onClick(actions.dismissBatch))
      .showAtPosition({ x: left, y: top });
  }
  item.addEventListener('click', () => {
    act();
  });
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });

  function showText(text: string, action: string): void {
    button.setText(text);
    // Screen readers use the tooltip as the name, instead of the text.
    setTooltip(button, `Notesight: ${text}. ${action}`, { placement: 'top' });
    announcer.sayState();
  }

  return {
    show(progress, waiting, paused) {
      item.toggle(progress !== null || paused !== null || waiting > 0);
      if (progress === null) {
        act = paused === null ? actions.resume : askAboutBatch;
        if (paused !== null)
          showText(words.paused.status(paused.done, paused.total), words.commands.resumeBatch);
        else if (waiting > 0) showText(words.status.waiting(waiting), words.commands.resumeQueued);
        return;
      }
      act = actions.stop;
      const { text, timeLeft } = statusText({ ...progress, now: Date.now() });
      const left = timeLeft === null ? '' : ` · ${words.status.timeLeft(timeLeft / 1000)}`;
      showText(`${text}${left}`, words.commands.stop);
    },
    close() {
      announcer.destroy();
    },
  };
}
