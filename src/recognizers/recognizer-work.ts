/** How long an idle worker is kept, in milliseconds; it uses a lot of memory and starts in a second. */
const IDLE = 60_000;

/** The work of each recognizer on any platform, as options of `createImageWorker`; limits are in milliseconds. */
export const RECOGNIZER_WORK = {
  /** Ordinary images take a second, complex photos up to ten. */
  text: { doing: 'reading the text', timeLimit: 60_000, idle: IDLE },
  /** An image takes 0.2 seconds, startup a second. */
  objects: { doing: 'finding things', timeLimit: 30_000, idle: IDLE },
} as const;
