import * as z from 'zod/mini';

import { readContent } from '../read-content.ts';
import { CallPieces } from './call-assembler.ts';

/** The part of the answer in one stream event or in a complete response. */
export interface ChoicePart {
  readonly text: string;
  /** The part that the server marks as reasoning; '' for none. */
  readonly thought: string;
  readonly refusal: string;
  readonly calls: z.infer<typeof CallPieces>;
  /** The finish reason as the server spells it; '' until the answer ends. */
  readonly finish: string;
  /** Whether `text` and `thought` contain the whole answer so far instead of only the next part. */
  readonly isWhole: boolean;
}

const unknown = z.optional(z.unknown());
const string = z.nullish(z.string());
const Message = z.object({
  content: unknown,
  // DeepSeek, vLLM, llama-server and LM Studio; then Ollama, OpenRouter and newer builds of vLLM.
  reasoning_content: unknown,
  reasoning: unknown,
  refusal: string,
  tool_calls: z.nullish(CallPieces),
});
const Event = z.object({
  choices: z.nullish(
    z.array(
      z.object({
        delta: z.nullish(Message),
        message: z.nullish(Message),
        text: unknown,
        finish_reason: unknown,
      }),
    ),
  ),
});

/**
 * Reads a stream event or a complete response in any server's format.
 * @returns null for an event without a part of the answer, such as a ping or a token count
 * @throws ZodError for an event in another format
 */
export function readChoice(value: unknown): ChoicePart | null {
  const choice = Event.parse(value).choices?.[0];
  if (choice === undefined) return null;
  const message = choice.delta ?? choice.message;
  const content = readContent(message ? message.content : choice.text);
  return {
    text: content.text,
    thought:
      content.thought || readContent(message?.reasoning_content).text || readContent(message?.reasoning).text,
    refusal: content.refusal || (message?.refusal ?? ''),
    calls: message?.tool_calls ?? [],
    finish: finishOf(choice.finish_reason),
    isWhole: !choice.delta && Boolean(choice.message),
  };
}

function finishOf(reason: unknown): string {
  if (typeof reason === 'string') return reason.trim();
  return reason === null || reason === undefined || reason === false ? '' : 'stop';
}
