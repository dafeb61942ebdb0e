import type { ChatMessage, SentCall, Tool } from '../model/chat-model.ts';
import { estimateTokens } from '../text/tokens.ts';
import { toolResult } from './ask-prompt.ts';
import type { CallRound, DoneCall } from './conversation.ts';
import { AROUND_MESSAGE } from './message-tokens.ts';

/** Tokens that a chat template adds to the description of a tool. */
const AROUND_TOOL = 16;

/**
 * A round of tool calls and their results as messages.
 * @param before the number of earlier calls in the request, from which IDs continue
 */
export function callMessages({ text, calls, isLast }: CallRound, before: number): ChatMessage[] {
  const sent = calls.map(({ name, arguments: args }, index): SentCall => ({
    id: `call${String(before + index + 1).padStart(5, '0')}`,
    name,
    arguments: args,
  }));
  return [
    { role: 'assistant', content: text, calls: sent },
    ...sent.map((call, index): ChatMessage => ({
      role: 'tool',
      content: toolResult(calls[index]?.result ?? '', isLast && index === sent.length - 1),
      resultOf: call,
    })),
  ];
}

/** The maximum cost of these messages, in tokens. */
export function roundTokens({ text, calls }: Omit<CallRound, 'isLast'>): number {
  return (
    AROUND_MESSAGE +
    estimateTokens(text) +
    calls.reduce((total, call) => total + callTokens(call), 0) +
    estimateTokens(toolResult('', true))
  );
}

/** The maximum cost of a call and its result, in tokens. */
export function callTokens({ name, arguments: args, result }: Omit<DoneCall, 'failed' | 'target'>): number {
  return estimateTokens(name + args) + estimateTokens(toolResult(result, false)) + 2 * AROUND_MESSAGE;
}

/** The cost of offering the tools, in tokens. */
export function toolTokens(tools: readonly Tool[]): number {
  return tools.reduce((total, tool) => total + estimateTokens(JSON.stringify(tool)) + AROUND_TOOL, 0);
}
