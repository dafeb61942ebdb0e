import { isUnusableAnswer } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { ChatModel } from '../model/chat-model.ts';
import { TEXT_ONLY } from '../model/provenance.ts';
import type { EngineName, VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage, Recognizers } from '../ports.ts';
import { textOnlyNote } from '../recognition/describe-detections.ts';
import { createEmbeddedVisionModel } from '../recognition/embedded-vision-model.ts';
import { describeImage } from './describe-image.ts';
import { promptVersion } from './prompt-version.ts';

/** A model that reads text only. */
export interface TextOnlyModel {
  readonly engine: EngineName;
  /** As its server spells it. */
  readonly name: string;
  readonly chat: ChatModel;
}

/**
 * A model that can't see and tells what images show by what experts found in them. Where it gives no answer that can be
 * used, what they found stands as it is.
 *
 * Its `describe` throws `nothing_recognised` where they found nothing, and what the experts and the model throw.
 * @param addition what the user tells the model besides; '' for nothing
 */
export async function createTextOnlyVisionModel(
  { engine, name, chat }: TextOnlyModel,
  recognizers: Recognizers,
  addition: string,
  detectLanguage: DetectLanguage,
): Promise<VisionModel> {
  const finder = createEmbeddedVisionModel(recognizers);
  return {
    engine,
    name,
    version: `${await promptVersion(addition)}${TEXT_ONLY}`,
    inputSize: finder.inputSize,
    async describe(image, context, signal) {
      const finds = await finder.describe(image, context, signal);
      try {
        const task = { kind: 'unseen', finds } as const;
        const said = await describeImage(chat, { image, context, task, addition }, detectLanguage, signal);
        const description = `${said.description} ${textOnlyNote(context.language)}`.trim();
        // Who can't see can't tell what only decorates.
        return { ...said, alt: said.alt || finds.alt, description, text: finds.text, decorative: false };
      } catch (error) {
        const isUseless = error instanceof NotesightError && isUnusableAnswer(error);
        if (!isUseless || isCancelled(error)) throw error;
        return finds;
      }
    },
    tasks: null,
  };
}
