import type { VisionModel } from '../../../core/model/vision-model.ts';
import type { DetectedObject, ReadLine, Recognizers } from '../../../core/ports.ts';
import { createEmbeddedVisionModel } from '../../../core/recognition/embedded-vision-model.ts';
import { RECOGNIZER_WORK } from '../../../recognizers/recognizer-work.ts';
import { createPackRecognizer } from './pack-recognizer.ts';
import type { RecognizerPack } from './recognizer-pack.ts';

/** The recognizers in Obsidian, available if the user installed the pack. */
export interface PackRecognizers {
  /** @returns null if the pack is not installed or unusable */
  open(): Promise<Recognizers | null>;
  /**
   * For the embedded engine: a damaged pack is an error that the user must know of.
   * @returns null if the pack is not installed
   * @throws NotesightError `pack_unusable`
   */
  openInstalled(): Promise<Recognizers | null>;
  /**
   * The embedded engine.
   * @returns null if the pack is not installed
   * @throws NotesightError `pack_unusable`
   */
  openModel(): Promise<VisionModel | null>;
  /** Stops the current work; the recognizers restart on the next request. */
  close(): Promise<void>;
}

export function createPackRecognizers(pack: RecognizerPack): PackRecognizers {
  const text = createPackRecognizer<ReadLine>(pack, 'text-reader.js', RECOGNIZER_WORK.text);
  const objects = createPackRecognizer<DetectedObject>(pack, 'thing-finder.js', RECOGNIZER_WORK.objects);
  const recognizers: Recognizers = { text, objects };
  async function openInstalled(): Promise<Recognizers | null> {
    return (await pack.files()) === null ? null : recognizers;
  }

  return {
    open: () => openInstalled().catch(() => null),
    openInstalled,
    async openModel() {
      const installed = await openInstalled();
      return installed && createEmbeddedVisionModel(installed);
    },
    async close() {
      await Promise.all([text.close(), objects.close()]);
    },
  };
}
