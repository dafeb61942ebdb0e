import { fingerprint } from '../image/fingerprint.ts';
import { DESCRIBE_VERSION } from './describe-prompt.ts';

/**
 * Identifies the prompts and rules that produce an answer: the number of the built-in prompt, followed by a
 * fingerprint of the user's addition, so that an answer to another prompt is never reused.
 */
export async function promptVersion(addition: string): Promise<number | string> {
  if (addition === '') return DESCRIBE_VERSION;
  return `${DESCRIBE_VERSION}+${await fingerprint(new TextEncoder().encode(addition))}`;
}
