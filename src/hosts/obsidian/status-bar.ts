import { Menu, setIcon, setTooltip } from 'obsidian';
import { createAnnouncer } from '../../ui/announcer.ts';
import type { Words } from './messages/en.ts';
import { isBusy, withTimeLeft, type WorkState } from './work-state.ts';

export interface StatusBar {
  readonly show: (state: WorkState) => void;
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
    show(state) {
      const { progress, queued, paused } = state;
      item.toggle(isBusy(state));
      if (progress !== null) {
        act = actions.stop;
        const text = withTimeLeft(`${progress.done}/${progress.total}`, progress, words);
        showText(text, words.commands.stop);
        return;
      }
      act = paused === null ? actions.resume : askAboutBatch;
      if (paused !== null)
        showText(words.paused.status(paused.done, paused.total), words.commands.resumeBatch);
      else if (queued > 0) showText(words.status.waiting(queued), words.commands.resumeQueued);
    },
    close() {
      announcer.destroy();
    },
  };
}
