import { type ErrorCode, NotesightError } from '../../errors.ts';
import { codeByStatus } from '../http/code-by-status.ts';
import {
  type ErrorParts,
  isJsonError,
  readError,
  readErrorValue,
  type Subject,
} from '../http/server-error-body.ts';

/**
 * Errors that only differ in their message, because servers send 400 or 500 for all of them. Tested on
 * llama-server; vLLM, LM Studio and LiteLLM are based on their issue trackers:
 * https://github.com/vllm-project/vllm/issues/23402 and /20409,
 * https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/908, /1120 and /546.
 */
const WORDS: readonly { readonly words: RegExp; readonly code: ErrorCode }[] = [
  {
    words:
      /image input is not supported|does not support (?:images?|image input|vision)\b|is not a multimodal model|at most 0 image/i,
    code: 'model_cannot_see',
  },
  {
    words: /failed to load image|cannot identify image file|must be a base64 encoded image/i,
    code: 'image_unreadable',
  },
  {
    words:
      /maximum context length|context length of only|exceeds the available context|maximum model length/i,
    code: 'context_overflow',
  },
  { words: /invalid model name|model\b.*\b(?:not found|does not exist)/i, code: 'model_missing' },
  { words: /(?:failed to|error|unable to) load(?:ing)? (?:the )?model/i, code: 'model_unloadable' },
];

/** The actual and maximum number of tokens in the messages of servers that have no fields for them. */
const NUMBERS: readonly RegExp[] = [
  /context length is (?<nCtx>\d+) tokens.*?(?:requested (?<nPromptTokens>\d+) tokens|has (?<input>\d+) input tokens)/s,
  /first (?<nPromptTokens>\d+) tokens.*?only (?<nCtx>\d+) tokens/s,
];

/**
 * Returns the error for a response with a status other than 2xx.
 * @param body the unmodified body
 */
export function openAiError(status: number, body: string, subject: Subject): NotesightError {
  const error = readError(body);
  return make(codeOf(status, error, body, subject), error, subject, status);
}

/**
 * Returns the error for an error sent with status 200, as a stream event or as a body.
 * @param error the value of `error`
 */
export function openAiStreamError(error: unknown, subject: Subject): NotesightError {
  const read = readErrorValue(error);
  return make(tellingCode(read) ?? 'server_crashed', read, subject);
}

/** Returns the error for an answer that can't be parsed. */
export function notOpenAi(subject: Subject, cause: unknown): NotesightError {
  const detail = 'The response is not in the OpenAI format.';
  return new NotesightError('server_error', detail, { data: { ...subject, detail }, cause });
}

function codeOf(status: number, error: ErrorParts, body: string, { model }: Subject): ErrorCode {
  switch (status) {
    case 401:
    case 403:
      return 'unauthorized';
    case 404:
      // Without a JSON body it is another server or another path.
      return isJsonError(body) && model !== undefined ? 'model_missing' : 'server_error';
    default:
      return codeByStatus(status, body) ?? tellingCode(error) ?? 'server_error';
  }
}

function tellingCode({ type, code, detail }: ErrorParts): ErrorCode | null {
  if (type === 'exceed_context_size_error' || code === 'context_length_exceeded') return 'context_overflow';
  if (code === 'model_not_found') return 'model_missing';
  return WORDS.find(({ words }) => words.test(detail))?.code ?? null;
}

function make(
  code: ErrorCode,
  { detail, more }: ErrorParts,
  subject: Subject,
  status?: number,
): NotesightError {
  return new NotesightError(code, `The server answered ${status ?? 'in its stream'}: ${detail}`, {
    data: {
      ...subject,
      ...(code === 'context_overflow' && numbersIn(detail)),
      ...more,
      ...(status !== undefined && { status }),
      detail,
    },
  });
}

function numbersIn(detail: string): Record<string, number> {
  for (const pattern of NUMBERS) {
    const { nCtx, nPromptTokens, input } = pattern.exec(detail)?.groups ?? {};
    const asked = nPromptTokens ?? input;
    if (nCtx !== undefined && asked !== undefined)
      return { nPromptTokens: Number(asked), nCtx: Number(nCtx) };
  }
  return {};
}
