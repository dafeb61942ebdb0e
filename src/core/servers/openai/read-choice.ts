import * as z from 'zod/mini';

import type { Generated } from '../../model/chat-model.ts';
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
  /** null unless this event reports it. */
  readonly generated: Generated | null;
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

const tokens = z.int().check(z.minimum(1));
/** llama-server reports the time, other servers only the number of tokens. */
const Timings = z.object({
  timings: z.object({ predicted_n: tokens, predicted_ms: z.number().check(z.positive()) }),
});
const Usage = z.object({ usage: z.object({ completion_tokens: tokens }) });

function generatedIn(event: unknown): Generated | null {
  const timings = Timings.safeParse(event).data?.timings;
  if (timings !== undefined) return { tokens: timings.predicted_n, milliseconds: timings.predicted_ms };
  const usage = Usage.safeParse(event).data?.usage;
  return usage === undefined ? null : { tokens: usage.completion_tokens, milliseconds: null };
}

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
    generated: generatedIn(value),
    isWhole: !choice.delta && Boolean(choice.message),
  };
}

function finishOf(reason: unknown): string {
  if (typeof reason === 'string') return reason.trim();
  return reason === null || reason === undefined || reason === false ? '' : 'stop';
}
