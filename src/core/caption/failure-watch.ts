import { isServerAtFault } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';

/**
 * After this many consecutive answers, images evidently don't reach the model. One could be a blank image or a mistake
 * of the model, and any good answer resets the count.
 */
const MAX_WITHOUT_IMAGE = 2;

/** Notices when every other image would fail in the same way, but slowly. */
export interface FailureWatch {
  /** The failure of the server or the model; null as long as more images can be sent. */
  readonly fatal: NotesightError | null;
  /** An image was described. */
  succeeded(): void;
  /** An image was not described. @returns the error to report */
  failed(error: NotesightError): NotesightError;
  /** Another request about an image failed. */
  checkFailed(error: NotesightError): void;
}

/** @param failFast whether a failure of the server is fatal; false if the caller decides */
export function createFailureWatch(model: string, failFast: boolean): FailureWatch {
  let fatal: NotesightError | null = null;
  /** The number of consecutive answers that said there is no image. */
  let withoutImage = 0;

  function checkFailed(error: NotesightError): void {
    if (failFast && isServerAtFault(error)) fatal = error;
  }

  return {
    get fatal() {
      return fatal;
    },
    succeeded() {
      withoutImage = 0;
    },
    failed(error) {
      withoutImage = error.data['reason'] === 'blind' ? withoutImage + 1 : 0;
      if (withoutImage === MAX_WITHOUT_IMAGE) return (fatal = imagesNotReceived(model));
      checkFailed(error);
      return error;
    },
    checkFailed,
  };
}

function imagesNotReceived(model: string): NotesightError {
  const data = { model, reason: 'blind' };
  return new NotesightError('model_cannot_see', 'The model did not receive or cannot see the images.', {
    data,
  });
}
