import { isCancelled, NotesightError } from '../errors.ts';
import type { Recognizer, ImageCodec, ReadLine } from '../ports.ts';
import { readableLines } from '../recognition/readable-lines.ts';
import { recognitionSize } from '../recognition/recognition-size.ts';

/**
 * The number of letters and digits from which an image counts as having a lot of text. Measured: slides with lists,
 * tables, and chats 85 to 170, with a diagram or a chart 29 to 76; screenshots 155 to 290; photos 0.
 */
const MUCH_TEXT = 80;

/**
 * The text in an image, as a hint for a model that would misread small print; '' if there is so little text that any
 * model can read it, or if it can't be read.
 * @throws NotesightError `cancelled`
 */
export async function readTextHint(
  bytes: Uint8Array<ArrayBuffer>,
  codec: ImageCodec,
  reader: Recognizer<ReadLine>,
  signal: AbortSignal,
): Promise<string> {
  try {
    const image = await codec.fit(bytes, recognitionSize, signal);
    const text = readableLines(await reader.look(image, signal)).join('\n');
    return (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= MUCH_TEXT ? text : '';
  } catch (error) {
    // The hint is optional: an error in the image itself is reported when the image is described.
    if (error instanceof NotesightError && !isCancelled(error) && !signal.aborted) return '';
    throw error;
  }
}
