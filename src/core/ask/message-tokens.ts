import { estimateTokens } from '../text/tokens.ts';

/** Tokens that a chat template puts around a message. */
export const AROUND_MESSAGE = 12;

/** What a message without pictures costs at most, in tokens. */
export const messageTokens = (content: string): number => estimateTokens(content) + AROUND_MESSAGE;
