import type { ChatModel } from '../model/chat-model.ts';
import type { InputRule } from '../model/families/input-rules.ts';
import { imageTokens, inputSize } from '../model/families/input-size.ts';
import { DESCRIBE_WHOLE } from '../model/image-description.ts';
import type { VisionModel } from '../model/vision-model.ts';
import type { DetectLanguage } from '../ports.ts';
import { describeImage } from './describe-image.ts';

/**
 * Makes a vision model of a chat model, whatever API its server uses.
 * @param addition the user's addition to the prompt; '' for nothing
 */
export function visionOf(
  chat: ChatModel,
  rule: InputRule,
  addition: string,
  detectLanguage: DetectLanguage,
): Pick<VisionModel, 'inputSize' | 'describe' | 'tasks'> {
  return {
    inputSize: (source) => inputSize(rule, source),
    describe: (image, context, signal) =>
      describeImage(chat, { image, context, task: DESCRIBE_WHOLE, addition }, detectLanguage, signal),
    tasks: {
      imageTokens: (sent) => imageTokens(rule, sent),
      perform: (task, image, context, signal) =>
        describeImage(chat, { image, context, task, addition }, detectLanguage, signal),
    },
  };
}
