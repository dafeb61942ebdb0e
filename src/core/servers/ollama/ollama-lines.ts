import { jsonExtent } from '../../answer/json-extent.ts';
import { NotesightError } from '../../errors.ts';
import type { GuardedRequest } from '../http/guarded-request.ts';
import type { Subject } from '../http/server-error-body.ts';
import { errorOfLine } from './server-error.ts';

/** Thrown when a stream ends without a final line. */
export class EndedWithoutDone extends Error {
  override readonly name = 'EndedWithoutDone';
}

/** Maximum silence of the server in milliseconds: before the first line, and between two lines. */
export interface Silence {
  readonly first: number;
  readonly next: number;
}

/**
 * Validates the lines of a streamed Ollama answer before the `ollama` package reads them, so that the package
 * neither logs nor guesses.
 * @returns a body that fails with a `NotesightError` or `EndedWithoutDone`
 */
export function ollamaLines(
  request: GuardedRequest,
  body: ReadableStream<Uint8Array>,
  silence: Silence,
  subject: Subject,
): ReadableStream<Uint8Array> {
  return streamOf(checkedLines(request, body, silence, subject));
}

async function* checkedLines(
  request: GuardedRequest,
  body: ReadableStream<Uint8Array>,
  silence: Silence,
  subject: Subject,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  let started = false;
  let done = false;
  // If the server does not stream, the answer may be a single object on several lines.
  let isOneObject = false;
  for await (const piece of request.pieces(body, () => (started ? silence.next : silence.first))) {
    rest += decoder.decode(piece, { stream: true });
    if (isOneObject) continue;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      if (!started && jsonExtent(line) === 'open') {
        isOneObject = true;
        rest = [...lines.slice(index), rest].join('\n');
        break;
      }
      started = true;
      done = checkLine(line, subject) || done;
      yield `${line}\n`;
    }
  }
  if (rest.trim() !== '') {
    done = checkLine(rest, subject) || done;
    yield `${rest.replaceAll('\n', ' ')}\n`;
  }
  if (!done) throw new EndedWithoutDone(`The answer of ${subject.host} has no end.`);
}

/** @returns whether the line marks the answer as done */
function checkLine(line: string, subject: Subject): boolean {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new NotesightError('server_error', 'The server sent a line that is not JSON.', {
      data: { ...subject, detail: 'The response is not in the Ollama format.' },
      cause: error,
    });
  }
  if (typeof value !== 'object' || value === null) return false;
  if ('error' in value) throw errorOfLine(value.error, subject);
  return ('done' in value && value.done === true) || ('status' in value && value.status === 'success');
}

/** Pulls from the generator only on demand, so that it stops when the reader stops. */
function streamOf(lines: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await lines.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
