import { NotesightError } from '../../errors.ts';

/** Whether there is a server whose models, or the one that the user named, can't see. */
export function isBlindness(error: unknown): error is NotesightError {
  return (
    error instanceof NotesightError && (error.code === 'no_vision_model' || error.code === 'model_cannot_see')
  );
}
