import type { VisionModel } from '../../../core/model/vision-model.ts';
import type { Experts, FoundThing, ReadLine } from '../../../core/ports.ts';
import { createEmbeddedVisionModel } from '../../../core/recognition/embedded-vision-model.ts';
import { EXPERT_WORK } from '../../../recognizers/recognizer-work.ts';
import { createPackExpert } from './pack-recognizer.ts';
import type { ExpertPack } from './recognizer-pack.ts';

/** The experts of Obsidian: there are some where the user got the pack. */
export interface PackExperts {
  /** @returns null where the pack is not there or can't be used */
  open(): Promise<Experts | null>;
  /**
   * The engine that works without a server.
   * @returns null where the pack is not there
   * @throws NotesightError `pack_unusable`
   */
  openModel(): Promise<VisionModel | null>;
  /** Ends what they are at; they start again when they are asked. */
  close(): Promise<void>;
}

export function createPackExperts(pack: ExpertPack): PackExperts {
  const text = createPackExpert<ReadLine>(pack, 'text-reader.js', EXPERT_WORK.text);
  const things = createPackExpert<FoundThing>(pack, 'thing-finder.js', EXPERT_WORK.things);
  const experts: Experts = { text, things };
  return {
    async open() {
      const files = await pack.files().catch(() => null);
      return files === null ? null : experts;
    },
    async openModel() {
      return (await pack.files()) === null ? null : createEmbeddedVisionModel(experts);
    },
    async close() {
      await Promise.all([text.close(), things.close()]);
    },
  };
}
