import { type Branch, type Conversation, isAnswered, renamed, withRenamed } from './conversation.ts';
import { parseConversation } from './parse-conversation.ts';

/** The file that stores the conversations. An interrupted write must leave the previous text. */
export interface TextFile {
  /** @returns '' if the file does not exist */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** A conversation in the history of its note. */
export interface PastConversation {
  /** Unchanged until the store is opened again. */
  readonly id: number;
  readonly note: string;
  /** When it last changed, in milliseconds since 1970; 0 if unknown. */
  readonly changed: number;
  readonly conversation: Conversation;
}

/** The conversations about each note, stored across restarts. A change has been written when its promise resolves. */
export interface ConversationStore {
  /** @returns the current conversation about a note, or null */
  get(note: string): Conversation | null;
  /** Stores the current conversation about a note. A conversation without turns is deleted. */
  put(note: string, conversation: Conversation): Promise<void>;
  /** The earlier conversations about a note, newest first. */
  history(note: string): readonly PastConversation[];
  /** Moves the current conversation about a note to the history. */
  begin(note: string): Promise<void>;
  /** Makes an earlier conversation the current one about its note, and moves the current one to the history. */
  resume(id: number): Promise<void>;
  /** Deletes an earlier conversation. */
  remove(id: number): Promise<void>;
  /** Restores a conversation that was deleted. */
  restore(past: PastConversation): Promise<void>;
  /** Updates the conversations after a note or an image was renamed or moved. */
  rename(from: string, to: string): Promise<void>;
  /** Deletes all conversations. */
  clear(): Promise<void>;
}

/**
 * The limit for all conversations and for one, in UTF-16 units: room for years of questions. Beyond the first, the
 * oldest earlier conversations are removed, then the oldest current ones; beyond the second, the oldest turns of the
 * conversation.
 */
const MAX_SIZE = 10_000_000;
const MAX_CONVERSATION = 2_000_000;

interface Entry extends PastConversation {
  readonly isCurrent: boolean;
}

/**
 * Reads the conversations in a file. Unreadable entries are skipped, and removed with the next write.
 * @param now returns the time, in milliseconds since 1970
 */
export async function openConversations(file: TextFile, now = Date.now): Promise<ConversationStore> {
  let lastId = 0;
  /** Sorted by time of change, latest last. */
  let entries: readonly Entry[] = parse(await file.read()).map((entry) => ({ ...entry, id: ++lastId }));
  let writing: Promise<void> = Promise.resolve();

  function save(next: readonly Entry[]): Promise<void> {
    entries = bounded(next);
    const text = serialized(entries);
    // Writes are sequential, so that an older state never overwrites a newer one.
    const write = writing.then(() => file.write(text));
    writing = write.catch(() => undefined);
    return write;
  }

  const currentOf = (note: string) => entries.find((entry) => entry.isCurrent && entry.note === note);

  return {
    get: (note) => currentOf(note)?.conversation ?? null,
    put(note, conversation) {
      const current = currentOf(note);
      const others = entries.filter((entry) => entry !== current);
      if (conversation.turns.length === 0) return current === undefined ? writing : save(others);
      const id = current?.id ?? ++lastId;
      return save([
        ...others,
        { id, note, changed: now(), conversation: shortened(conversation), isCurrent: true },
      ]);
    },
    history: (note) => entries.filter((entry) => !entry.isCurrent && entry.note === note).reverse(),
    begin(note) {
      return save(entries.map((entry) => (entry.note === note ? { ...entry, isCurrent: false } : entry)));
    },
    resume(id) {
      const note = entries.find((entry) => entry.id === id)?.note;
      return save(
        entries.map((entry) => (entry.note === note ? { ...entry, isCurrent: entry.id === id } : entry)),
      );
    },
    remove(id) {
      return save(entries.filter((entry) => entry.id !== id || entry.isCurrent));
    },
    restore(past) {
      const restored = { ...past, isCurrent: false };
      const at = entries.findIndex(({ changed }) => changed > past.changed);
      return save(entries.toSpliced(at < 0 ? entries.length : at, 0, restored));
    },
    async rename(from, to) {
      const moved = entries.map((entry) => {
        const note = renamed(entry.note, from, to);
        const conversation = withRenamed(entry.conversation, from, to);
        const isSame = note === entry.note && conversation === entry.conversation;
        return isSame ? entry : { ...entry, note, conversation };
      });
      if (moved.some((entry, index) => entry !== entries[index])) await save(oneCurrentEach(moved));
    },
    clear: () => save([]),
  };
}

/** If two current conversations have come to belong to the same path, the older one becomes an earlier one. */
function oneCurrentEach(entries: readonly Entry[]): Entry[] {
  return entries.map((entry, index) => {
    const isReplaced = entries
      .slice(index + 1)
      .some(({ isCurrent, note }) => isCurrent && note === entry.note);
    return isReplaced ? { ...entry, isCurrent: false } : entry;
  });
}

/**
 * The format of the file. The current conversations stay where earlier versions read them; those stored nothing else.
 */
function serialized(entries: readonly Entry[]): string {
  const part = (current: boolean) =>
    entries
      .filter(({ isCurrent }) => isCurrent === current)
      .map(
        ({ note, conversation, changed }) => `[${JSON.stringify(note)},${jsonOf(conversation)},${changed}]`,
      )
      .join(',');
  return `{"notes":[${part(true)}],"past":[${part(false)}]}`;
}

const known = new WeakMap<Conversation, string>();

/** Conversations are immutable, so each is serialized only once. */
function jsonOf(conversation: Conversation): string {
  const json = known.get(conversation) ?? JSON.stringify(conversation);
  known.set(conversation, json);
  return json;
}

function parse(text: string): Omit<Entry, 'id'>[] {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof stored !== 'object' || stored === null) return [];
  const { notes, past } = stored as { notes?: unknown; past?: unknown };
  return [...parseEntries(past, false), ...parseEntries(notes, true)].sort((a, b) => a.changed - b.changed);
}

function parseEntries(stored: unknown, isCurrent: boolean): Omit<Entry, 'id'>[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    if (!Array.isArray(entry)) return [];
    const [note, talk, time] = entry as unknown[];
    const conversation = parseConversation(talk);
    if (typeof note !== 'string' || conversation === null) return [];
    return [{ note, conversation, changed: typeof time === 'number' ? time : 0, isCurrent }];
  });
}

function bounded(entries: readonly Entry[]): readonly Entry[] {
  let size = entries.reduce((sum, { conversation }) => sum + jsonOf(conversation).length, 0);
  if (size <= MAX_SIZE) return entries;
  const gone = new Set<Entry>();
  for (const entry of [...entries].sort((a, b) => Number(a.isCurrent) - Number(b.isCurrent))) {
    if (size <= MAX_SIZE) break;
    size -= jsonOf(entry.conversation).length;
    gone.add(entry);
  }
  return entries.filter((entry) => !gone.has(entry));
}

/** Removes the oldest turns of a conversation that is too long, with their other versions. */
function shortened(conversation: Conversation): Conversation {
  const { turns, preface, branches } = conversation;
  let size = jsonOf(conversation).length;
  let first = 0;
  while (size > MAX_CONVERSATION && first < turns.length - 1) {
    const gone = [turns[first], branches.filter(({ at }) => at === first)];
    size -= JSON.stringify(gone).length;
    first++;
  }
  if (first === 0) return conversation;
  // The start of a preface counts answered turns, so the removed ones are subtracted.
  const sent = turns.slice(0, first).filter(isAnswered).length;
  const later = ({ start }: { readonly start: number }) => Math.max(0, start - sent);
  const moved = (branch: Branch): Branch => ({
    ...branch,
    at: branch.at - first,
    preface: branch.preface && { ...branch.preface, start: later(branch.preface) },
    branches: branch.branches.map(moved),
  });
  return {
    ...conversation,
    turns: turns.slice(first),
    preface: preface && { ...preface, start: later(preface) },
    branches: branches.filter(({ at }) => at >= first).map(moved),
  };
}
