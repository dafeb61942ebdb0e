import { fingerprint } from '../image/fingerprint.ts';
import type { ImagePrompt } from '../prompts/prompt.ts';
import { DESCRIBE_VERSION } from './describe-prompt.ts';

/**
 * Identifies the prompts and rules that produce an answer: the number of the built-in prompt, followed by a
 * fingerprint of the user's addition, so that an answer to another prompt is never reused.
 */
export async function promptVersion(addition: string): Promise<number | string> {
  if (addition === '') return DESCRIBE_VERSION;
  return `${DESCRIBE_VERSION}+${await fingerprint(new TextEncoder().encode(addition))}`;
}

/** Identifies the user's prompt for the description of an image; '' for the standard one. */
export async function imagePromptPrint(prompt: ImagePrompt | null): Promise<string> {
  if (prompt === null) return '';
  return fingerprint(new TextEncoder().encode(`${prompt.purpose}\n${prompt.text}`));
}
