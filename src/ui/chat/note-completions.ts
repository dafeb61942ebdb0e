import type { ChatState } from './chat-state.ts';
import type { Completion } from './completion-options.ts';
import type { CompletionSource } from './completions.ts';

/** What the completion of notes needs. */
export interface NoteCompletionPorts {
  /** The notes that were found last. */
  readonly found: () => ChatState['foundNotes'];
  /** Finds the notes for a query; they become part of the state. */
  readonly find: (query: string) => void;
  readonly choose: (note: Completion, from: number) => void;
}

/** UTF-16 units of a query: longer text after `@` is not the name of a note. */
const MAX_QUERY = 60;

/** Notes of the vault, after `@` at the start of a word. */
export function noteCompletions(
  label: string,
  { found, find, choose }: NoteCompletionPorts,
): CompletionSource {
  let wanted: string | null = null;
  return {
    label,
    pattern: new RegExp(`(?<=^|\\s)@([^\\n@]{0,${MAX_QUERY}})$`),
    optionsFor(query) {
      if (query !== wanted) {
        wanted = query;
        find(query);
      }
      return found().query === query ? found().notes : [];
    },
    choose(note, from) {
      // The note is no longer among those found.
      wanted = null;
      choose(note, from);
    },
  };
}
