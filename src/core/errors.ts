/**
 * All errors as a closed union: adapters translate other errors by status and type, and `explain.ts` is the only
 * place that turns a code into text.
 */
export type ErrorCode =
  | 'cancelled'
  // the server
  | 'server_down'
  | 'server_busy'
  | 'server_timeout'
  | 'server_crashed'
  | 'server_refused'
  | 'server_error'
  | 'gateway_down'
  | 'gateway_timeout'
  | 'request_too_large'
  | 'limit_reached'
  | 'unauthorized'
  | 'origin_refused'
  // the model
  | 'model_missing'
  | 'model_cannot_see'
  | 'model_cannot_point'
  | 'model_unloadable'
  | 'model_looped'
  | 'model_refused'
  | 'answer_unusable'
  | 'wrong_language'
  | 'context_overflow'
  | 'question_too_long'
  | 'no_vision_model'
  | 'pull_failed'
  // the recognizer pack
  | 'pack_missing'
  | 'pack_unusable'
  | 'pack_failed'
  // the image
  | 'image_missing'
  | 'image_outside_vault'
  | 'image_remote'
  | 'image_in_icloud'
  | 'image_in_git_lfs'
  | 'image_is_web_page'
  | 'image_unreadable'
  | 'image_unsupported'
  | 'image_too_large'
  | 'image_blank'
  | 'region_outside'
  | 'nothing_recognised'
  // the note
  | 'note_missing'
  | 'note_unreadable'
  | 'note_unwritable'
  | 'embed_gone'
  | 'section_edited'
  // the caption log
  | 'memory_unreadable'
  | 'memory_unwritable'
  // the disk for notes, answers, and the journal
  | 'disk_full'
  // usage
  | 'bad_usage';

/** Plain values for the text of an error: a model's name, a path, token counts. */
export type ErrorData = Readonly<Record<string, string | number | undefined>>;

/** The only error class. `message` is for logs; users read the text from `explain`. */
export class NotesightError extends Error {
  override readonly name = 'NotesightError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
  }
}

/** True for the code `cancelled` and for the platform's AbortError: both mean that the user stopped it. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof NotesightError) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
