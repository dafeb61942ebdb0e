import { type ChatCall, functionsOf } from './chat-call.ts';
import { isObject } from './is-object.ts';
import { OpenAiRefusal } from './openai-refusal.ts';

/** Validates and decodes a request to `/v1/chat/completions` like llama-server. @throws OpenAiRefusal */
export function parseOpenAiChat(body: string): ChatCall {
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    throw new OpenAiRefusal(400, 'parse error', 'invalid_request_error');
  }
  if (!isObject(request) || !Array.isArray(request['messages'])) {
    throw new OpenAiRefusal(400, "'messages' is required", 'invalid_request_error');
  }
  const messages = request['messages']
    .filter(isObject)
    .map(({ role, content, tool_calls: called, tool_call_id: answered }) => {
      if (role === 'tool' && typeof answered !== 'string') {
        throw new OpenAiRefusal(400, "Missing 'tool_call_id'", 'invalid_request_error');
      }
      const parts = Array.isArray(content) ? content.filter(isObject) : [{ type: 'text', text: content }];
      return {
        role: String(role),
        calls: functionsOf(called).map((call) => ({
          name: String(call['name']),
          arguments: argumentsOf(call),
        })),
        content: parts.map(({ type, text }) => (type === 'text' ? String(text) : '')).join(''),
        images: parts.flatMap((part) => (part['type'] === 'image_url' ? [decode(part['image_url'])] : [])),
      };
    });
  const format = request['response_format'];
  return {
    model: String(request['model']),
    messages,
    images: messages.flatMap(({ images }) => images),
    text: messages.map(({ content }) => content).join(''),
    stream: request['stream'] === true,
    format: isObject(format) && isObject(format['json_schema']) ? format['json_schema']['schema'] : undefined,
    think: undefined,
    tools: functionsOf(request['tools']).map(({ name }) => String(name)),
    options: request,
    body: request,
  };
}

/** Templates require an object: llama-server parses arguments sent back, and fails if it can't. */
function argumentsOf(call: Record<string, unknown>): unknown {
  try {
    return JSON.parse(String(call['arguments']));
  } catch {
    throw new OpenAiRefusal(500, 'Failed to parse tool call arguments as JSON', 'server_error');
  }
}

function decode(image: unknown): Buffer {
  const url = isObject(image) ? image['url'] : undefined;
  const [, base64] = /^data:image\/[a-z+]+;base64,(.*)$/s.exec(String(url)) ?? [];
  if (base64 === undefined) throw new OpenAiRefusal(400, 'Invalid url value', 'invalid_request_error');
  return Buffer.from(base64, 'base64');
}

/** Whether llama-server can decode the format, judged by its first bytes. */
export function isImage(image: Buffer): boolean {
  const ascii = image.toString('latin1', 0, 8);
  return ascii.startsWith('\x89PNG\r\n\x1a\n') || ascii.startsWith('\xff\xd8\xff') || ascii.startsWith('BM');
}
