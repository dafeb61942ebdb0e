import { before, renamed, withRenamed, type Conversation } from './conversation.ts';
import { parseConversation } from './parse-conversation.ts';

/** The file that the conversations are kept in. */
export interface TextFile {
  /** @returns '' where there is none */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** The conversation of each note, kept over a restart. */
export interface ConversationStore {
  /** @returns the last conversation about a note, or null */
  get(note: string): Conversation | null;
  /** Keeps a conversation; one without turns is forgotten. It is in the file when this resolves. */
  put(note: string, conversation: Conversation): Promise<void>;
  /** Goes along with a note or an image that was renamed or moved. */
  rename(from: string, to: string): Promise<void>;
  /** Forgets all. */
  clear(): Promise<void>;
}

/** What is kept in all, and of one conversation, in UTF-16 units: the oldest goes first. */
const MAX_SIZE = 1_000_000;
const MAX_CONVERSATION = 200_000;

/** Opens the conversations that a file holds. What can't be read of it is passed over, and gone with the next write. */
export async function openConversations(file: TextFile): Promise<ConversationStore> {
  /** By note, the one that was talked about last at the end. */
  const conversations = new Map(parse(await file.read()));
  let writing: Promise<void> = Promise.resolve();

  function save(): Promise<void> {
    // One after the other, so that an older state never comes to stand last.
    const write = writing.then(() => file.write(bounded(conversations)));
    writing = write.catch(() => undefined);
    return write;
  }

  return {
    get: (note) => conversations.get(note) ?? null,
    put(note, conversation) {
      conversations.delete(note);
      if (conversation.turns.length > 0) conversations.set(note, shortened(conversation));
      return save();
    },
    async rename(from, to) {
      const entries = [...conversations];
      const moved = entries.map(([note, conversation]): [string, Conversation] => [
        renamed(note, from, to),
        withRenamed(conversation, from, to),
      ]);
      if (JSON.stringify(moved) === JSON.stringify(entries)) return;
      conversations.clear();
      for (const [note, conversation] of moved) conversations.set(note, conversation);
      await save();
    },
    clear() {
      conversations.clear();
      return save();
    },
  };
}

function parse(text: string): [string, Conversation][] {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof stored !== 'object' || stored === null || !('notes' in stored) || !Array.isArray(stored.notes))
    return [];
  return stored.notes.flatMap((entry: unknown): [string, Conversation][] => {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string') return [];
    const conversation = parseConversation(entry[1]);
    return conversation === null ? [] : [[entry[0], conversation]];
  });
}

function bounded(conversations: Map<string, Conversation>): string {
  const entries = [...conversations].map((entry) => JSON.stringify(entry));
  let size = entries.reduce((sum, { length }) => sum + length, 0);
  for (const note of [...conversations.keys()]) {
    if (size <= MAX_SIZE) break;
    size -= entries.shift()?.length ?? 0;
    conversations.delete(note);
  }
  return `{"notes":[${entries.join(',')}]}`;
}

/** Without the oldest turns of one that grew too long. */
function shortened(conversation: Conversation): Conversation {
  const { turns, preface } = conversation;
  let size = JSON.stringify(conversation).length;
  let first = 0;
  while (size > MAX_CONVERSATION && first < turns.length - 1) size -= JSON.stringify(turns[first++]).length;
  if (first === 0) return conversation;
  // What was sent of them before is not there any more to be sent again.
  const start = (preface?.start ?? 0) - first;
  return {
    ...before(conversation, 0),
    turns: turns.slice(first),
    preface: preface === null ? null : { ...preface, start: Math.max(0, start) },
  };
}
