import { fingerprint } from '../image/fingerprint.ts';
import { DESCRIBE_VERSION } from './describe-prompt.ts';

/**
 * Which prompts and rules make an answer: the number of our own, and behind it a fingerprint of what the user added,
 * so that an answer to other words is never taken for an answer to these.
 */
export async function promptVersion(addition: string): Promise<number | string> {
  if (addition === '') return DESCRIBE_VERSION;
  return `${DESCRIBE_VERSION}+${await fingerprint(new TextEncoder().encode(addition))}`;
}
