import { NotesightError } from './errors.ts';
import { onAbort } from './on-abort.ts';

/** Waits for some milliseconds. @throws NotesightError `cancelled` */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopListening = (): void => undefined;
    const timer = setTimeout(() => {
      stopListening();
      resolve();
    }, milliseconds);
    stopListening = onAbort(signal, () => {
      clearTimeout(timer);
      reject(new NotesightError('cancelled', 'Stopped while waiting.'));
    });
  });
}
