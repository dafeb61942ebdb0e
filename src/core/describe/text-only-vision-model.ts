import { isUnusableAnswer } from '../error-kinds.ts';
import { isCancelled, NotesightError } from '../errors.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { EngineName, VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage, Recognizers } from '../ports.ts';
import { textOnlyNote } from '../recognition/describe-detections.ts';
import { createEmbeddedVisionModel } from '../recognition/embedded-vision-model.ts';
import { describeImage } from './describe-image.ts';
import { promptVersion } from './prompt-version.ts';

/** A text-only model. */
export interface TextOnlyModel {
  readonly engine: EngineName;
  /** As its server spells it. */
  readonly name: string;
  readonly chat: ChatModel;
}

/**
 * A text-only model that describes images from what the recognizers found. If its answer is unusable, the
 * recognizers' result is returned as it is.
 * Its `describe` throws `nothing_recognised` if the recognizers found nothing, and the errors of the recognizers and
 * the model.
 * @param addition the user's addition to the prompt; '' for nothing
 */
export async function createTextOnlyVisionModel(
  { engine, name, chat }: TextOnlyModel,
  recognizers: Recognizers,
  addition: string,
  detectLanguage: DetectLanguage,
): Promise<VisionModel> {
  const embedded = createEmbeddedVisionModel(recognizers);
  return {
    engine,
    name,
    provenance: 'text-only',
    version: await promptVersion(addition),
    inputSize: embedded.inputSize,
    async describe(image, context, signal) {
      const detections = await embedded.describe(image, context, signal);
      try {
        const task = { kind: 'unseen', finds: detections } as const;
        const answer = await describeImage(chat, { image, context, task, addition }, detectLanguage, signal);
        const description = `${answer.description} ${textOnlyNote(context.language)}`.trim();
        // A text-only model can't decide whether an image is decorative.
        return {
          ...answer,
          alt: answer.alt || detections.alt,
          description,
          text: detections.text,
          decorative: false,
        };
      } catch (error) {
        const isUseless = error instanceof NotesightError && isUnusableAnswer(error);
        if (!isUseless || isCancelled(error)) throw error;
        return detections;
      }
    },
    tasks: null,
  };
}
