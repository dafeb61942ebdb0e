import type { VisionModel } from '../../../core/model/vision-model.ts';
import type { Recognizers, DetectedObject, ReadLine } from '../../../core/ports.ts';
import { createEmbeddedVisionModel } from '../../../core/recognition/embedded-vision-model.ts';
import { RECOGNIZER_WORK } from '../../../recognizers/recognizer-work.ts';
import { createPackRecognizer } from './pack-recognizer.ts';
import type { RecognizerPack } from './recognizer-pack.ts';

/** The experts of Obsidian: there are some where the user got the pack. */
export interface PackRecognizers {
  /** @returns null where the pack is not there or can't be used */
  open(): Promise<Recognizers | null>;
  /**
   * The engine that works without a server.
   * @returns null where the pack is not there
   * @throws NotesightError `pack_unusable`
   */
  openModel(): Promise<VisionModel | null>;
  /** Ends what they are at; they start again when they are asked. */
  close(): Promise<void>;
}

export function createPackRecognizers(pack: RecognizerPack): PackRecognizers {
  const text = createPackRecognizer<ReadLine>(pack, 'text-reader.js', RECOGNIZER_WORK.text);
  const objects = createPackRecognizer<DetectedObject>(pack, 'thing-finder.js', RECOGNIZER_WORK.objects);
  const recognizers: Recognizers = { text, objects };
  return {
    async open() {
      const files = await pack.files().catch(() => null);
      return files === null ? null : recognizers;
    },
    async openModel() {
      return (await pack.files()) === null ? null : createEmbeddedVisionModel(recognizers);
    },
    async close() {
      await Promise.all([text.close(), objects.close()]);
    },
  };
}
