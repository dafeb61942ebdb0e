import type { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { leavesNetwork } from './notices.ts';

/** Reports which of several servers describe images. */
export interface ServerNews {
  /**
   * Called with the servers that describe images. Reports them if there are several or a cloud model is running, and
   * the list has changed.
   */
  readonly looking: (hosts: readonly string[], cloud: boolean) => void;
  /** Called when a server fails while others continue. */
  readonly lost: (host: string, error: NotesightError) => void;
}

export function createServerNews(
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
  tell: (message: string) => void,
): ServerNews {
  let reported = '';
  return {
    looking(hosts, cloud) {
      const list = hosts.join(', ');
      const several = hosts.length > 1 ? [words.servers.looking(hosts.length, list)] : [];
      const state = `${list} ${cloud}`;
      if ((hosts.length > 1 || cloud) && state !== reported)
        tell([...several, ...leavesNetwork(words, hosts, cloud)].join(' '));
      reported = state;
    },
    lost(host, error) {
      tell(words.servers.lost(host, explain(error).message));
    },
  };
}
