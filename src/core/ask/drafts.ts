import * as z from 'zod/mini';
import { withFallback } from '../with-fallback.ts';
import { renamed } from './conversation.ts';

const count = z.int().check(z.minimum(0));
const size = z.number().check(z.minimum(0));
const paths = withFallback(z.array(z.string()), []);
const part = z.object({ x: size, y: size, width: size, height: size });

const schema = z.object({
  text: withFallback(z.string(), ''),
  edits: withFallback(z.array(z.object({ turn: count, of: z.string(), text: z.string() })), []),
  left: paths,
  pinned: paths,
  added: paths,
  region: withFallback(z.nullable(z.object({ file: z.string(), part })), null),
  /** Whether the text of the note is left out. */
  withoutNote: withFallback(z.boolean(), false),
  /** Whether the selection in the note is left out. */
  withoutSelection: withFallback(z.boolean(), false),
  /** Other notes to include. */
  notes: paths,
});

/** The next question about a note that the user has prepared but not asked yet. */
export type Draft = z.infer<typeof schema>;

export const NO_DRAFT: Draft = {
  text: '',
  edits: [],
  left: [],
  pinned: [],
  added: [],
  region: null,
  withoutNote: false,
  withoutSelection: false,
  notes: [],
};

/** The draft of each note, stored across restarts. */
export interface Drafts {
  get(note: string): Draft;
  put(note: string, draft: Draft): void;
  /** Updates the drafts after a note or an image was renamed or moved. */
  rename(from: string, to: string): void;
  /** Deletes edits of questions whose conversations were deleted. */
  clearEdits(): void;
}

/** Where the drafts are stored. It is written at every keystroke. */
export interface TextSlot {
  /** @returns '' if nothing is stored */
  read(): string;
  write(text: string): void;
}

/** UTF-16 units: beyond that, the oldest drafts are removed. */
const MAX_SIZE = 1_000_000;

/** Reads the drafts in a slot and skips unreadable ones. */
export function openDrafts(slot: TextSlot): Drafts {
  /** By note, as JSON, the latest change last. */
  let drafts = new Map(parse(slot.read()));

  function save(): void {
    let length = [...drafts.values()].reduce((sum, json) => sum + json.length, 0);
    for (const [note, json] of drafts) {
      if (length <= MAX_SIZE || drafts.size === 1) break;
      length -= json.length;
      drafts.delete(note);
    }
    const entries = [...drafts].map(([note, json]) => `[${JSON.stringify(note)},${json}]`);
    slot.write(entries.length === 0 ? '' : `[${entries.join(',')}]`);
  }

  function get(note: string): Draft {
    const json = drafts.get(note);
    return json === undefined ? NO_DRAFT : (JSON.parse(json) as Draft);
  }

  function set(note: string, draft: Draft): void {
    drafts.delete(note);
    const json = JSON.stringify(draft);
    if (json !== JSON.stringify(NO_DRAFT)) drafts.set(note, json);
  }

  return {
    get,
    put(note, draft) {
      const { text, edits, left, pinned, added, region, withoutNote, withoutSelection, notes } = draft;
      set(note, { text, edits, left, pinned, added, region, withoutNote, withoutSelection, notes });
      save();
    },
    rename(from, to) {
      const moved = [...drafts.keys()].map((note) => [note, get(note)] as const);
      drafts = new Map();
      const inPlace = (files: readonly string[]) => files.map((file) => renamed(file, from, to));
      for (const [note, { left, pinned, added, notes, region, ...rest }] of moved) {
        set(renamed(note, from, to), {
          ...rest,
          left: inPlace(left),
          pinned: inPlace(pinned),
          added: inPlace(added),
          notes: inPlace(notes),
          region: region && { ...region, file: renamed(region.file, from, to) },
        });
      }
      save();
    },
    clearEdits() {
      for (const note of [...drafts.keys()]) set(note, { ...get(note), edits: [] });
      save();
    },
  };
}

function parse(text: string): [string, string][] {
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return [];
  }
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown): [string, string][] => {
    const [note, draft] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const parsed = schema.safeParse(draft);
    return typeof note === 'string' && parsed.success ? [[note, JSON.stringify(parsed.data)]] : [];
  });
}
