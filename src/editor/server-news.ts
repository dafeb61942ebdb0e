import type { NotesightError } from '../core/errors.ts';
import type { Explanation } from '../core/messages/explain.ts';
import type { EditorWords } from './messages/editor-en.ts';
import { leavesNetwork } from './notices.ts';

/** Tells which of several servers look at images. */
export interface ServerNews {
  /** @param hosts told where they are several, and others than the last time */
  readonly looking: (hosts: readonly string[]) => void;
  /** One dropped out while others go on. */
  readonly lost: (host: string, error: NotesightError) => void;
}

/** For a model beside another one that is told of. */
export const NO_NEWS: ServerNews = { looking: () => undefined, lost: () => undefined };

export function createServerNews(
  words: EditorWords,
  explain: (error: NotesightError) => Explanation,
  tell: (message: string) => void,
): ServerNews {
  let told = '';
  return {
    looking(hosts) {
      const list = hosts.join(', ');
      if (hosts.length > 1 && list !== told)
        tell([words.servers.looking(hosts.length, list), ...leavesNetwork(words, hosts)].join(' '));
      told = list;
    },
    lost(host, error) {
      tell(words.servers.lost(host, explain(error).message));
    },
  };
}
