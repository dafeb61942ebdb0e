/** Whom a request was for. */
export interface Subject {
  readonly host: string;
  readonly model?: string;
  /** What the server speaks, where it is not Ollama's own language: the words for an error don't name Ollama then. */
  readonly api?: 'openai';
}

/** Characters of the server's own words that are kept. */
const MAX_DETAIL = 300;

/** What an error of a server says, in whichever of the usual forms. */
export interface ErrorParts {
  /** In words; '' where there are none. */
  readonly detail: string;
  /** `exceed_context_size_error`, `invalid_request_error` and the like, or null. */
  readonly type: string | null;
  /** `model_not_found`, `context_length_exceeded` and the like, or null. */
  readonly code: string | null;
  readonly more: Readonly<Record<string, string | number>>;
}

/** @param body of an answer whose status is not 2xx, as it came */
export function readError(body: string): ErrorParts {
  const value = parse(body);
  if (!isObject(value)) return parts(body);
  if ('error' in value) return readErrorValue(value['error']);
  // vLLM before 0.10 had no `error` around it; FastAPI, in which gateways are written, says `detail`.
  return typeof value['message'] === 'string'
    ? readErrorValue(value)
    : parts(textOf(value['detail']) || body);
}

/**
 * What stands in `error`. What llama-server says is copied by Ollama as a text of JSON into it: that is parsed a
 * second time.
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

/** @param words as the server wrote them; a page, as proxies send it, is reduced to its title or text */
function parts(words: string): ErrorParts {
  const isPage = /^\s*<|<(?:!doctype|html|head|body)\b/i.test(words);
  const detail = isPage ? textOfPage(words) : words;
  return { detail: detail.trim().slice(0, MAX_DETAIL), type: null, code: null, more: {} };
}

/** Without a status at the beginning, as in "502 Bad Gateway". */
function textOfPage(page: string): string {
  const [, title] = /<title\b[^>]*>([^<]*[^<\s][^<]*)</i.exec(page) ?? [];
  const text = title ?? page.replace(/<(script|style)\b.*?<\/\1>|<!--.*?-->|<[^>]*>?/gis, ' ');
  return text.replace(/&(?:nbsp|#160);|\s+/g, ' ').replace(/^ ?\d{3} /, '');
}

/** Whether a body is an error in JSON, as no other server than one for models sends it. */
export function isJsonError(body: string): boolean {
  const value = parse(body);
  return isObject(value) && ('error' in value || value['object'] === 'error');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Google sends an error as a list of one. */
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
