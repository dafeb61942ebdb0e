import type { ToolCall } from './chat-model.ts';

/**
 * Maximum length of tool arguments, in UTF-16 units. Real arguments (a question, a region, a number) are far
 * shorter.
 */
export const MAX_ARGUMENTS = 2000;

/**
 * Parses the arguments of a call for a server that expects them back. Some servers parse them and fail on
 * malformed arguments of the model.
 * @returns an empty object if the arguments are not a JSON object
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
