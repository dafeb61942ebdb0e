import type { ChatMessage, SentCall, Tool } from '../model/chat-model.ts';
import { estimateTokens } from '../text/tokens.ts';
import { toolResult } from './ask-prompt.ts';
import type { CallRound, DoneCall } from './conversation.ts';
import { AROUND_MESSAGE } from './message-tokens.ts';

/** Tokens that a chat template puts around the description of a tool. */
const AROUND_TOOL = 16;

/**
 * What was called, and what came of it, as messages.
 * @param before how many calls stand in the request before these: their ids go on from there
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

/** What these messages cost at most, in tokens. */
export function roundTokens({ text, calls }: Omit<CallRound, 'isLast'>): number {
  return (
    AROUND_MESSAGE +
    estimateTokens(text) +
    calls.reduce((total, call) => total + callTokens(call), 0) +
    estimateTokens(toolResult('', true))
  );
}

/** A call and its result. */
export function callTokens({ name, arguments: args, result }: Omit<DoneCall, 'failed' | 'target'>): number {
  return estimateTokens(name + args) + estimateTokens(toolResult(result, false)) + 2 * AROUND_MESSAGE;
}

/** What it costs to offer tools, in tokens. */
export function toolTokens(tools: readonly Tool[]): number {
  return tools.reduce((total, tool) => total + estimateTokens(JSON.stringify(tool)) + AROUND_TOOL, 0);
}
