import { StatusBarAlignment, window } from 'vscode';
import { statusText } from '../../editor/status-text.ts';
import type { CommandName } from './command-names.ts';
import type { Disposable } from './disposable.ts';
import type { Services } from './services.ts';

/** Shows the running work, which a click stops, or the paused batch, which a click resumes. */
export function createStatusBar({ words, progress, onProgress, unfinished }: Services): Disposable {
  const item = window.createStatusBarItem('notesight.progress', StatusBarAlignment.Left);
  item.name = 'Notesight';
  function show(icon: string, text: string, command: CommandName, action: string): void {
    item.command = `notesight.${command}`;
    item.tooltip = action;
    item.text = `$(${icon}) ${text}`;
    item.accessibilityInformation = { label: `Notesight: ${text}. ${action}` };
    item.show();
  }
  const listening = onProgress(() => {
    const state = progress();
    const batch = unfinished.resumable;
    if (state !== null)
      show('loading~spin', statusText({ ...state, now: Date.now() }).text, 'stop', words.batch.stop);
    else if (batch !== null)
      show('debug-pause', words.paused.status(batch.done, batch.total), 'resume', words.batch.resume);
    else item.hide();
  });
  return {
    dispose() {
      listening.dispose();
      item.dispose();
    },
  };
}
