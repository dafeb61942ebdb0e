import type { CancellationToken } from 'vscode';
import { NotesightError } from '../../../core/errors.ts';

/** A signal that aborts when the user cancels a progress notification. */
export function abortSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => {
    controller.abort(new NotesightError('cancelled', 'stopped'));
  });
  return controller.signal;
}
