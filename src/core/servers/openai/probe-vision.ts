import { NotesightError } from '../../errors.ts';
import { type ModelServer, TIME_LIMITS } from '../model-server.ts';
import { apiUrl, askOpenAi, subjectOf } from './openai-call.ts';

/** A red square of 64 pixels as PNG. */
const RED_SQUARE =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAS0lEQVRo3u3PQQkAAAgAsetfWiP4FgYrsKZeS0BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEDgsqnc8OKOIH2AAAAAAElFTkSuQmCC';

/** Statuses with which servers reject an image or a message that is not plain text. */
const TURNED_DOWN = [400, 415, 422, 500, 501];

/**
 * Sends a small image to a model, which the server may have to load first. A server that silently drops
 * images counts as supporting them.
 * @returns whether the server accepted the image
 * @throws NotesightError every code of a server, `model_missing`
 */
export async function probeVision(server: ModelServer, name: string, signal: AbortSignal): Promise<boolean> {
  const subject = subjectOf(server, name);
  const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${RED_SQUARE}` } };
  const body = {
    model: name,
    messages: [{ role: 'user', content: [image, { type: 'text', text: 'Which color is this?' }] }],
    max_tokens: 1,
  };
  const limit = server.limits?.firstToken ?? TIME_LIMITS.firstToken;
  const url = apiUrl(server.host, '/chat/completions');
  try {
    return await askOpenAi(server, { url, body, subject, limit }, (value) => isAnswer(value), signal);
  } catch (error) {
    if (error instanceof NotesightError && isTurnedDown(error)) return false;
    throw error;
  }
}

/** LM Studio sends some errors with status 200. */
function isAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'choices' in value;
}

function isTurnedDown({ code, data }: NotesightError): boolean {
  const isImageError = ['model_cannot_see', 'image_unreadable'].includes(code);
  return isImageError || (code === 'server_error' && TURNED_DOWN.includes(Number(data['status'])));
}
