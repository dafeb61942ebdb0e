import type { DetectLanguage } from '../ports.ts';
import type { ChatModel } from './chat-model.ts';
import { describeImage } from './describe.ts';
import { DESCRIBE_WHOLE } from './describe-task.ts';
import type { InputRule } from './input-rules.ts';
import { imageTokens, inputSize } from './input-size.ts';
import type { VisionModel } from './vision-model.ts';

/**
 * What a model that is talked to does with images, whatever its server speaks.
 * @param addition what the user tells the model besides; '' for nothing
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
