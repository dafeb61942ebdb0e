import { estimateTokens } from '../text/tokens.ts';

/** Tokens that a chat template adds to a message. */
export const AROUND_MESSAGE = 12;

/** The maximum cost of a message without pictures, in tokens. */
export const messageTokens = (content: string): number => estimateTokens(content) + AROUND_MESSAGE;
