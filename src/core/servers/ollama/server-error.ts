import { type ErrorCode, NotesightError } from '../../errors.ts';
import { codeByStatus } from '../http/code-by-status.ts';
import { isJsonError, readError, readErrorValue, type Subject } from '../http/server-error-body.ts';

/**
 * Errors that only differ in their message, because the status is the same. Sources:
 * https://github.com/ollama/ollama/blob/main/llm/llama_server.go, …/server/sched.go and, for servers before
 * 0.30, …/runner/ollamarunner/runner.go; tested on a real server.
 */
const WORDS: readonly { readonly status: number; readonly words: RegExp; readonly code: ErrorCode }[] = [
  { status: 400, words: /does not support multimodal requests/, code: 'model_cannot_see' },
  { status: 500, words: /image input is not supported/, code: 'model_cannot_see' },
  { status: 500, words: /missing data required for image input/, code: 'model_cannot_see' },
  { status: 400, words: /Failed to load image/, code: 'image_unreadable' },
  { status: 500, words: /image: unknown format/, code: 'image_unreadable' },
  { status: 400, words: /exceeds the context length/, code: 'context_overflow' },
  { status: 500, words: /error loading model|unable to load model/, code: 'model_unloadable' },
  { status: 500, words: /requires more system memory/, code: 'model_unloadable' },
  { status: 500, words: /waiting for \S+ (?:runner )?to start/, code: 'model_unloadable' },
  { status: 500, words: /process has terminated|unexpectedly stopped/, code: 'server_crashed' },
  { status: 500, words: /encountered while running the model/, code: 'server_crashed' },
];

/**
 * Returns the error for a response with a status other than 2xx.
 * @param body the unmodified body
 */
export function errorOfResponse(status: number, body: string, subject: Subject): NotesightError {
  const { detail, type, more } = readError(body);
  const data = { ...subject, ...more, status, detail };
  const make = (code: ErrorCode): NotesightError =>
    new NotesightError(code, `The server answered ${status}: ${detail}`, { data });

  if (type === 'exceed_context_size_error') return make('context_overflow');
  switch (status) {
    case 401:
      return make('unauthorized');
    case 403:
      // The Origin and Host checks send an empty body; other rejections have a message.
      return make(body.trim() === '' ? 'origin_refused' : 'server_refused');
    case 404:
      // Without a JSON body it is another server or another path.
      return make(isJsonError(body) && subject.model !== undefined ? 'model_missing' : 'server_error');
    default:
      return make(
        codeByStatus(status, body) ??
          WORDS.find((row) => row.status === status && row.words.test(detail))?.code ??
          'server_error',
      );
  }
}

/**
 * Returns the error for an error in a stream with status 200.
 * @param error the value of `error`
 */
export function errorOfLine(error: unknown, subject: Subject): NotesightError {
  const { detail, type, more } = readErrorValue(error);
  return new NotesightError(
    type === 'exceed_context_size_error' ? 'context_overflow' : 'server_crashed',
    `The server broke off: ${detail}`,
    { data: { ...subject, ...more, detail } },
  );
}
