import { isLocalHost } from '../core/settings/server-address.ts';
import type { EditorWords } from './messages/editor-en.ts';

/** What a user should know where servers are on other networks: one sentence, or none. */
export function leavesNetwork(words: EditorWords, hosts: readonly string[]): string[] {
  const far = hosts.filter((host) => !isLocalHost(host));
  return far.length === 0 ? [] : [words.leavesNetwork(far.join(', '))];
}
