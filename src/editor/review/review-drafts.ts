import * as z from 'zod/mini';

/** Only the newest are kept: enough for several long reviews, and far below the limit of local storage. */
const MAX_DRAFTS = 500;

/** The purpose of a review: missing alt text, captions below images, or regenerating one image. */
export type ReviewScope = 'missing' | 'below' | 'again';

/** An image of a note in a review, found again after the note changed elsewhere. */
export interface ReviewPlace {
  readonly scope: ReviewScope;
  /** Paths relative to the vault; the file may be a URL. */
  readonly note: string;
  readonly file: string;
  /** Number of earlier embeds of the same file in the note. */
  readonly nth: number;
}

/** The user's changes to an image in an unfinished review. */
export interface ReviewDraft {
  /** The typed text; null if there is none. */
  readonly text: string | null;
  readonly skipped: boolean;
}

const schema = z.array(
  z.object({
    scope: z.enum(['missing', 'below', 'again']),
    note: z.string(),
    file: z.string(),
    nth: z.number(),
    text: z.nullable(z.string()),
    skipped: z.boolean(),
  }),
);
type Stored = z.infer<typeof schema>[number];

/** Storage for the drafts, local to this device. */
export interface DraftStorage {
  load(): unknown;
  /** @param drafts null if there are none */
  save(drafts: readonly (ReviewPlace & ReviewDraft)[] | null): void;
}

/**
 * Edits and skips of unfinished reviews. They are stored with each keystroke, so that they survive closing the review
 * and quitting the app.
 */
export interface ReviewDrafts {
  get(place: ReviewPlace): ReviewDraft | null;
  /** Removes a draft that has no text and is not skipped. */
  set(place: ReviewPlace, draft: ReviewDraft): void;
  remove(place: ReviewPlace): void;
  /** The drafts in a note. */
  of(scope: ReviewScope, note: string): readonly (ReviewPlace & ReviewDraft)[];
  /** Updates paths after a note, an image or a folder was renamed or moved. */
  renamed(from: string, to: string): void;
}

export function createReviewDrafts(storage: DraftStorage): ReviewDrafts {
  let drafts: readonly Stored[] | null = null;

  function all(): readonly Stored[] {
    drafts ??= schema.safeParse(storage.load()).data ?? [];
    return drafts;
  }

  function save(next: readonly Stored[]): void {
    drafts = next.slice(-MAX_DRAFTS);
    storage.save(drafts.length === 0 ? null : drafts);
  }

  return {
    get: (place) => all().find((draft) => isAt(draft, place)) ?? null,
    set({ scope, note, file, nth }, { text, skipped }) {
      const place = { scope, note, file, nth };
      const others = all().filter((draft) => !isAt(draft, place));
      save(text === null && !skipped ? others : [...others, { ...place, text, skipped }]);
    },
    remove(place) {
      if (all().some((draft) => isAt(draft, place))) save(all().filter((draft) => !isAt(draft, place)));
    },
    of: (scope, note) => all().filter((draft) => draft.scope === scope && draft.note === note),
    renamed(from, to) {
      const moved = (path: string) =>
        path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
      if (all().length === 0) return;
      save(all().map((draft) => ({ ...draft, note: moved(draft.note), file: moved(draft.file) })));
    },
  };
}

function isAt(draft: ReviewPlace, { scope, note, file, nth }: ReviewPlace): boolean {
  return draft.scope === scope && draft.note === note && draft.file === file && draft.nth === nth;
}

/**
 * @param files files of all embeds of the note, in order; null for an embed that is not an image
 * @returns the places of the embeds
 */
export function placesOf(
  scope: ReviewScope,
  note: string,
  files: readonly (string | null)[],
): (ReviewPlace | null)[] {
  const seen = new Map<string, number>();
  return files.map((file) => {
    if (file === null) return null;
    const nth = seen.get(file) ?? 0;
    seen.set(file, nth + 1);
    return { scope, note, file, nth };
  });
}
