import * as z from 'zod/mini';

import { readContent } from '../read-content.ts';
import { CallPieces } from './call-assembler.ts';

/** What one event of a stream, or a complete response, adds to the answer. */
export interface ChoicePart {
  readonly text: string;
  /** What the server marks as the model's reasoning; '' for none. */
  readonly thought: string;
  readonly refusal: string;
  readonly calls: z.infer<typeof CallPieces>;
  /** The finish reason as the server spells it; '' while the answer goes on. */
  readonly finish: string;
  /** Whether `text` and `thought` are all of the answer so far, not only the next piece. */
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
 * Reads an event of a stream, or a complete response, in any form that servers send.
 * @returns null for an event that adds nothing to the answer, such as a ping or a token count
 * @throws ZodError for an event of another form
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
