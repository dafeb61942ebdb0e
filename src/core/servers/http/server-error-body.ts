/** The server and model of a request, for error messages. */
export interface Subject {
  readonly host: string;
  readonly model?: string;
  /** Set if the server does not use the Ollama API, so that messages don't mention Ollama. */
  readonly api?: 'openai';
}

/** Maximum length of a server's error message, in UTF-16 units. */
const MAX_DETAIL = 300;

/** The parts of a server error, in any common format. */
export interface ErrorParts {
  /** The message; '' if there is none. */
  readonly detail: string;
  /** `exceed_context_size_error`, `invalid_request_error` and similar, or null. */
  readonly type: string | null;
  /** `model_not_found`, `context_length_exceeded` and similar, or null. */
  readonly code: string | null;
  readonly more: Readonly<Record<string, string | number>>;
}

/** @param body the unmodified body of a response with a status other than 2xx */
export function readError(body: string): ErrorParts {
  const value = parse(body);
  if (!isObject(value)) return parts(body);
  if ('error' in value) return readErrorValue(value['error']);
  // vLLM before 0.10 has no `error` object; FastAPI, used by many gateways, sends `detail`.
  return typeof value['message'] === 'string'
    ? readErrorValue(value)
    : parts(textOf(value['detail']) || body);
}

/**
 * Reads the value of `error`. Ollama copies errors of llama-server into it as a JSON string, which is parsed
 * again.
 */
export function readErrorValue(error: unknown): ErrorParts {
  if (typeof error === 'string') {
    const inner = parse(error);
    return isObject(inner) ? readErrorValue('error' in inner ? inner['error'] : inner) : parts(error);
  }
  if (!isObject(error)) return parts('');
  const { message, type, code, n_prompt_tokens: nPromptTokens, n_ctx: nCtx } = error;
  return {
    ...parts(textOf(message)),
    type: typeof type === 'string' ? type : null,
    code: typeof code === 'string' ? code : null,
    more: {
      ...(typeof nPromptTokens === 'number' && { nPromptTokens }),
      ...(typeof nCtx === 'number' && { nCtx }),
    },
  };
}

/** @param words the message of the server; an HTML page, as sent by proxies, is reduced to its title or text */
function parts(words: string): ErrorParts {
  const isPage = /^\s*<|<(?:!doctype|html|head|body)\b/i.test(words);
  const detail = isPage ? textOfPage(words) : words;
  return { detail: detail.trim().slice(0, MAX_DETAIL), type: null, code: null, more: {} };
}

/** Returns the title or text of a page without a leading status, as in "502 Bad Gateway". */
function textOfPage(page: string): string {
  const [, title] = /<title\b[^>]*>([^<]*[^<\s][^<]*)</i.exec(page) ?? [];
  const text = title ?? page.replace(/<(script|style)\b.*?<\/\1>|<!--.*?-->|<[^>]*>?/gis, ' ');
  return text.replace(/&(?:nbsp|#160);|\s+/g, ' ').replace(/^ ?\d{3} /, '');
}

/** Whether a body is a JSON error, which only model servers send. */
export function isJsonError(body: string): boolean {
  const value = parse(body);
  return isObject(value) && ('error' in value || value['object'] === 'error');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Parses a body as JSON. Google sends an error as a list with one item. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length === 1 ? value[0] : value;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
