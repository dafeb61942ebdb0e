import { type ErrorCode, NotesightError } from './errors.ts';

/** Groups error codes, once for all features and hosts. Each predicate states what a caller may do about an error. */
const kind = (...codes: ErrorCode[]): ((error: NotesightError) => boolean) => {
  const set: ReadonlySet<ErrorCode> = new Set(codes);
  return ({ code }) => set.has(code);
};

/** No server answers at the address; includes a proxy that can't reach the server behind it. */
const UNREACHABLE = ['server_down', 'server_timeout', 'gateway_down', 'gateway_timeout'] as const;

/** The server or its model is at fault: other images would fail in the same way. */
export const isServerAtFault = kind(
  'server_down',
  'gateway_down',
  'limit_reached',
  'server_refused',
  'unauthorized',
  'origin_refused',
  'model_missing',
  'model_cannot_see',
  'model_unloadable',
);

/** The server is unreachable or overloaded and may be back soon. */
export const isServerAway = kind(...UNREACHABLE, 'server_busy');

/** The failure often passes within seconds, so the same request may be sent again. */
export const isTransient = kind('server_busy', 'gateway_down', 'limit_reached');

/** Later, the same request may succeed: the server is away or has reached a limit. */
export const mayPassLater = (error: NotesightError): boolean =>
  isServerAway(error) || error.code === 'limit_reached';

/** There is no server with the requested model at this address. */
export const isServerAbsent = kind(...UNREACHABLE, 'model_missing');

/** The server gave no explanation, so the cause is derived from the server's state. */
export const isServerSilent = kind(
  'server_down',
  'server_timeout',
  'server_busy',
  'server_crashed',
  'server_error',
);

/** Another server or model may succeed with the same request. */
export const mayWorkElsewhere = kind(
  'server_down',
  'server_busy',
  'server_timeout',
  'server_crashed',
  'server_refused',
  'server_error',
  'gateway_down',
  'gateway_timeout',
  'request_too_large',
  'limit_reached',
  'unauthorized',
  'origin_refused',
  'model_missing',
  'model_cannot_see',
  'model_cannot_point',
  'model_unloadable',
  'no_vision_model',
);

/** The image may have caused the failure: it is tried on another server, and this server still gets other images. */
export const mayBeCausedByImage = kind(
  'server_crashed',
  'server_busy',
  'server_error',
  'gateway_timeout',
  'request_too_large',
);

/** The model answered, but nothing in the answer can be used; the same request would end the same way. */
export const isUnusableAnswer = kind('answer_unusable', 'model_looped', 'model_refused');

/** The server is fine and only this request failed. */
export const isRequestAtFault = (error: NotesightError): boolean =>
  isUnusableAnswer(error) ||
  error.code === 'context_overflow' ||
  error.code === 'image_unreadable' ||
  error.code === 'image_too_large';

/** Nothing can be stored any more, so every further result would be lost. */
export const isStorageFull = kind('disk_full', 'memory_unwritable');

/** The note or the image was renamed or removed in the meantime. */
export const isChangedMeanwhile = kind('embed_gone', 'note_missing', 'image_missing');

/** The server answers but has no model for object detection. */
export const lacksPointingModel = kind('model_cannot_point', 'no_vision_model');

/** There is a server, but its models, or the named model, don't support images. */
export const isImageSupportMissing = (error: unknown): error is NotesightError =>
  error instanceof NotesightError && NO_IMAGE_SUPPORT(error);
const NO_IMAGE_SUPPORT = kind('no_vision_model', 'model_cannot_see');

/** No server can describe images, so the embedded engine may be used. A server that refuses is an error instead. */
export const isNoVisionServer = (error: unknown): error is NotesightError =>
  error instanceof NotesightError && NO_VISION_SERVER(error);
const NO_VISION_SERVER = kind(...UNREACHABLE, 'server_error', 'no_vision_model');
