import type { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { leavesNetwork } from './notices.ts';

/** Tells which of several servers look at images. */
export interface ServerNews {
  /**
   * Called with the servers that describe images. Reported if there are several or a cloud model runs, and they are others than
   * the last time.
   */
  readonly looking: (hosts: readonly string[], cloud: boolean) => void;
  /** One dropped out while others go on. */
  readonly lost: (host: string, error: NotesightError) => void;
}

export function createServerNews(
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
  tell: (message: string) => void,
): ServerNews {
  let told = '';
  return {
    looking(hosts, cloud) {
      const list = hosts.join(', ');
      const several = hosts.length > 1 ? [words.servers.looking(hosts.length, list)] : [];
      const state = `${list} ${cloud}`;
      if ((hosts.length > 1 || cloud) && state !== told)
        tell([...several, ...leavesNetwork(words, hosts, cloud)].join(' '));
      told = state;
    },
    lost(host, error) {
      tell(words.servers.lost(host, explain(error).message));
    },
  };
}
