import { isUnusableAnswer } from '../error-kinds.ts';
import { NotesightError } from '../errors.ts';
import { DESCRIBE_WHOLE, type DescribeTask } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { ImageCodec, ImageStore, ReadLine, Recognizer } from '../ports.ts';
import type { ImageAnswer } from './answer-log.ts';
import type { FailureWatch } from './failure-watch.ts';
import type { ImageJob } from './image-job.ts';
import { showImage } from './show-image.ts';
import { readTextHint } from './text-hint.ts';

export interface WholePorts {
  readonly images: ImageStore;
  readonly codec: ImageCodec;
  readonly model: VisionModel;
  /** Reads the text hint; null for none. */
  readonly reader: Recognizer<ReadLine> | null;
}

/**
 * Prepares an image, which takes no time of the model.
 * @param onAnswer called as soon as the server has answered, whether or not the answer is usable
 * @returns a function that sends the whole image to the model
 */
export async function prepareWhole(
  job: ImageJob,
  bytes: Uint8Array<ArrayBuffer>,
  ports: WholePorts,
  { failures, onAnswer }: { readonly failures: FailureWatch; readonly onAnswer: () => void },
): Promise<() => Promise<ImageAnswer>> {
  const { codec, model, reader } = ports;
  const { file, signal } = job;
  const context = { ...job.context, fileName: file.slice(file.lastIndexOf('/') + 1) };
  const [fitted, textHint] = await Promise.all([
    codec.fit(bytes, model.inputSize, signal),
    reader === null ? '' : readTextHint(bytes, codec, reader, signal),
  ]);
  const task: DescribeTask = textHint === '' ? DESCRIBE_WHOLE : { kind: 'whole', textHint };
  return async () => {
    try {
      const result = await showImage({ file, context, signal }, model, ports).ask(task, fitted, null);
      onAnswer();
      failures.succeeded();
      const text = result.text || textHint;
      const { incomplete } = fitted;
      const description = { ...result, text, ...(incomplete && { incomplete }) };
      return { description, way: { textHint: textHint !== '', parts: false, second: null }, record: null };
    } catch (error) {
      if (!(error instanceof NotesightError)) throw error;
      if (isUnusableAnswer(error) || error.code === 'context_overflow') onAnswer();
      throw failures.failed(error);
    }
  };
}
