import { StatusBarAlignment, window } from 'vscode';
import { statusText } from '../../ui/status-text.ts';
import type { Services } from './services.ts';
import type { Disposable } from './disposable.ts';

/** How far the work that runs is; a click stops it. */
export function createStatusBar({ words, progress, onProgress }: Services): Disposable {
  const item = window.createStatusBarItem('notesight.progress', StatusBarAlignment.Left);
  item.name = 'Notesight';
  item.command = 'notesight.stop';
  item.tooltip = words.batch.stop;
  const listening = onProgress(() => {
    const state = progress();
    if (state === null) {
      item.hide();
      return;
    }
    const { text } = statusText({ ...state, now: Date.now() });
    item.text = `$(loading~spin) ${text}`;
    item.accessibilityInformation = { label: `Notesight: ${text}. ${words.batch.stop}` };
    item.show();
  });
  return {
    dispose() {
      listening.dispose();
      item.dispose();
    },
  };
}
