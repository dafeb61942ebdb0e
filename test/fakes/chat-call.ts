import { goBase64Error } from './go-base64.ts';
import { isObject } from './is-object.ts';
import { Refusal } from './refusal.ts';

/** A chat request, validated and decoded. */
export interface ChatCall {
  readonly model: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string;
    readonly images: readonly Buffer[];
    /** The tool calls of an assistant message. */
    readonly calls: readonly { readonly name: string; readonly arguments: unknown }[];
  }[];
  /** The images of all messages, in order. */
  readonly images: readonly Buffer[];
  /** The text of all messages. */
  readonly text: string;
  readonly stream: boolean;
  /** A JSON schema, 'json', or undefined. */
  readonly format: unknown;
  readonly think: unknown;
  /** The names of the offered tools. */
  readonly tools: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** @throws Refusal if the body is not a JSON object */
export function parseObject(body: string): Record<string, unknown> {
  if (body === '') throw new Refusal(400, 'missing request body');
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // Reported below, with Go's message.
  }
  const key = /^\s*\{\s*([^"\s}])/.exec(body)?.[1];
  throw new Refusal(
    400,
    key === undefined
      ? 'invalid character in request body'
      : `invalid character '${key}' looking for beginning of object key string`,
  );
}

/** The model's name; the older field `name` is also accepted. @throws Refusal */
export function modelOf(request: Record<string, unknown>): string {
  const name = request['model'] ?? request['name'];
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'model is required');
  return name;
}

/** Validates a request like the real server, in the same order. @throws Refusal */
export function parseChat(body: string): ChatCall {
  const request = parseObject(body);
  const raw = Array.isArray(request['messages']) ? request['messages'].filter(isObject) : [];
  const messages = raw.map((message) => {
    const { role, content, images } = message;
    if (content !== undefined && typeof content !== 'string') {
      throw new Refusal(
        400,
        `json: cannot unmarshal ${Array.isArray(content) ? 'array' : typeof content} into Go struct field ` +
          'ChatRequest.messages.content of type string',
      );
    }
    const decoded = (Array.isArray(images) ? images : []).map((image) => {
      const error = typeof image === 'string' ? goBase64Error(image) : 'json: cannot unmarshal';
      if (typeof image !== 'string' || error !== null) throw new Refusal(400, error ?? '');
      return Buffer.from(image, 'base64');
    });
    const calls = functionsOf(message['tool_calls']).map((call) => {
      const args = call['arguments'];
      if (!isObject(args)) {
        const type = Array.isArray(args) ? 'array' : typeof args;
        const field = 'ChatRequest.messages.tool_calls.function.arguments';
        throw new Refusal(
          400,
          `json: cannot unmarshal ${type} into Go struct field ${field} of type map[string]interface {}`,
        );
      }
      return { name: String(call['name']), arguments: args };
    });
    return { role: typeof role === 'string' ? role : '', content: content ?? '', images: decoded, calls };
  });
  const { format } = request;
  if (format !== undefined && format !== 'json' && format !== '' && !isObject(format)) {
    throw new Refusal(
      500,
      `invalid format: ${JSON.stringify(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`,
    );
  }
  return {
    model: modelOf(request),
    messages,
    images: messages.flatMap(({ images }) => images),
    text: messages.map(({ content }) => content).join(''),
    stream: request['stream'] !== false,
    format,
    think: request['think'],
    tools: functionsOf(request['tools']).map(({ name }) => String(name)),
    options: isObject(request['options']) ? request['options'] : {},
    body: request,
  };
}

/** The `function` objects in a list of tools or calls. */
export function functionsOf(list: unknown): Record<string, unknown>[] {
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) =>
    isObject(each) && isObject(each['function']) ? [each['function']] : [],
  );
}
