import { readAnswer } from '../answer/read-answer.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { PointingModel } from '../model/conversation-model.ts';
import type { FittedImage, ImageCodec, ImageStore, PixelSize } from '../ports.ts';
import type { ImageRecognizers } from '../recognition/image-recognizers.ts';
import { objectName } from '../recognition/object-names.ts';
import { estimateTokens } from '../text/tokens.ts';
import { detectPrompt, detectSchema } from './detect-prompt.ts';
import { distinctBoxes, type NamedBox } from './named-box.ts';
import { parseBoxes } from './parse-boxes.ts';

export interface DetectPorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  /** @throws NotesightError every code of a server or model, `model_cannot_point` */
  readonly openModel: (signal: AbortSignal) => Promise<PointingModel>;
  /** Opens the recognizers that find objects when no model does; null if they are not installed. */
  readonly openRecognizers: () => Promise<Pick<ImageRecognizers, 'findObjects'> | null>;
}

/** The objects in an image with their boxes. */
export interface Detections {
  /** The most important or most certain first; at most 50. */
  readonly boxes: readonly NamedBox[];
  /** The model that found them; null if the recognizers did. */
  readonly model: string | null;
  /** Why no model was used; null if one was, or none was needed. */
  readonly missed: NotesightError | null;
}

/** The longest answer, in tokens: fifty boxes. */
const MAX_TOKENS = 2048;

/**
 * Finds objects with boxes: with a model if one was trained for it and its answer is usable, otherwise with the
 * recognizers.
 * @param file relative to the vault
 * @param language ISO 639-1 code of the language of the names
 * @throws NotesightError the codes of images; without recognizers, also those of models; `cancelled`
 */
export async function detectObjects(
  file: string,
  language: string,
  ports: DetectPorts,
  signal: AbortSignal,
): Promise<Detections> {
  const { images, openRecognizers, openModel } = ports;
  const bytes = await images.read(file, signal);
  const recognizers = await openRecognizers();
  let missed: NotesightError | null = null;
  try {
    const model = await openModel(signal);
    const fit = (size: (source: PixelSize) => PixelSize) => ports.codec.fit(bytes, size, signal);
    const boxes = await askModel(model, language, fit, signal);
    if (boxes.length > 0 || recognizers === null) return { boxes, model: model.name, missed };
  } catch (error) {
    if (isCancelled(error) || !(error instanceof NotesightError) || recognizers === null) throw error;
    missed = error;
  }
  const objects = await recognizers.findObjects(file, signal);
  const boxes = distinctBoxes(
    objects.map(({ label, box }) => ({ name: objectName(label, language), part: box })),
  );
  return { boxes, model: null, missed };
}

/**
 * @param fit prepares the image in a size that depends on that of the upright image
 * @throws NotesightError `model_looped` or `answer_unusable` if nothing usable came
 */
async function askModel(
  model: PointingModel,
  language: string,
  fit: (size: (source: PixelSize) => PixelSize) => Promise<FittedImage>,
  signal: AbortSignal,
): Promise<NamedBox[]> {
  const { pointing, chat, contextLength, imageTokens, name } = model;
  let upright: PixelSize = { width: 1, height: 1 };
  const size = (source: PixelSize) => {
    upright = source;
    return pointing.inputSize(source);
  };
  const sent = await fit(size);
  const messages = detectPrompt(sent.bytes, pointing, sent, language);
  const prompt =
    imageTokens(sent) + messages.reduce((sum, { content }) => sum + estimateTokens(content) + 8, 0);
  const maxTokens = Math.max(MAX_TOKENS / 8, Math.min(MAX_TOKENS, contextLength - prompt));
  const answer = await readAnswer(chat, { messages, maxTokens, schema: detectSchema(pointing) }, signal);
  const boxes = parseBoxes(answer.text, pointing, sent, upright);
  if (boxes !== null) return boxes;
  const data = { model: name };
  throw answer.end === 'looped'
    ? new NotesightError('model_looped', 'The model repeats itself.', { data })
    : new NotesightError('answer_unusable', 'The model tells no places.', { data });
}
