import type { ToolCall } from './chat-model.ts';

/** UTF-16 units of arguments that are kept: a question, a place in an image and a number are far less. */
export const MAX_ARGUMENTS = 2000;

/**
 * The arguments of a call as an object, for a server that wants them back: some parse what they are sent and fail at what the
 * model itself wrote.
 * @returns an empty object where they are none
 */
export function toolArguments({ arguments: text }: ToolCall): Record<string, unknown> {
  const value = parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
