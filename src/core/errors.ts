/**
 * Everything that can go wrong, as a closed union: adapters translate at the edge, by status and type, and
 * `explain.ts` is the one place that turns a code into words.
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
  // the pack of experts
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
  // what is remembered
  | 'memory_unreadable'
  | 'memory_unwritable'
  // the disk that notes, answers and the journal are written to
  | 'disk_full'
  // use
  | 'bad_usage';

/** Plain values that the words for an error may need: a model's name, a path, token counts. */
export type ErrorData = Readonly<Record<string, string | number | undefined>>;

/** The one error class. `message` is for logs; what a person reads comes from `explain`. */
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

/** True for our own `cancelled` and for the platform's AbortError: both mean that the user stopped it. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof NotesightError) return error.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
