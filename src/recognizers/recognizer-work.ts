/** What each expert does, wherever it runs, as `createImageWorker` takes it; the limits are in milliseconds. */
export const RECOGNIZER_WORK = {
  /** Ordinary images take a second, busy photos up to ten. */
  text: { doing: 'reading the text', timeLimit: 60_000 },
  /** An image takes a fifth of a second, the start a second. */
  objects: { doing: 'finding things', timeLimit: 30_000 },
} as const;
