import type { RequestUrlParam } from 'obsidian';
import type { ProxyAnswer, ProxyRequest } from '../proxy.ts';
import { arrayBufferToBase64, base64ToArrayBuffer } from './base64.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly arrayBuffer: ArrayBuffer;
  readonly text: string;
  readonly json: unknown;
}

type AnswerPromise = Promise<Answer> & {
  readonly arrayBuffer: Promise<ArrayBuffer>;
  readonly text: Promise<string>;
  readonly json: Promise<unknown>;
};

/** Obsidian sends requests from outside the page: without CORS, but also without streaming or cancellation. */
export function requestUrl(request: RequestUrlParam | string): AnswerPromise {
  const answer = ask(typeof request === 'string' ? { url: request } : request);
  return Object.assign(answer, {
    arrayBuffer: part(answer, (whole) => whole.arrayBuffer),
    text: part(answer, (whole) => whole.text),
    json: part(answer, (whole) => whole.json),
  });
}

/** Like `requestUrl`, but returns only the text. */
export async function request(request: RequestUrlParam | string): Promise<string> {
  const { text } = await requestUrl(request);
  return text;
}

async function ask(param: RequestUrlParam): Promise<Answer> {
  const { body = null } = param;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body).buffer : body;
  const asked: ProxyRequest = {
    url: param.url,
    method: param.method ?? 'GET',
    headers: {
      ...param.headers,
      ...(param.contentType === undefined ? {} : { 'Content-Type': param.contentType }),
    },
    base64: bytes && arrayBufferToBase64(bytes),
  };
  const response = await fetch('/proxy', { method: 'POST', body: JSON.stringify(asked) });
  const answer = (await response.json()) as ProxyAnswer;
  if ('error' in answer) throw new Error(answer.error);
  if (answer.status >= 400 && param.throw !== false) {
    throw Object.assign(new Error(`Request failed, status ${answer.status}`), { status: answer.status });
  }
  const arrayBuffer = base64ToArrayBuffer(answer.base64);
  const text = new TextDecoder().decode(arrayBuffer);
  return {
    status: answer.status,
    headers: answer.headers,
    arrayBuffer,
    text,
    get json(): unknown {
      return JSON.parse(text) as unknown;
    },
  };
}

/** An error is reported once, by the whole answer. */
function part<T>(answer: Promise<Answer>, pick: (whole: Answer) => T): Promise<T> {
  const picked = answer.then(pick);
  picked.catch(() => undefined);
  return picked;
}
