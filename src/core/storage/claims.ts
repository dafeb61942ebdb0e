import * as z from 'zod/mini';
import { NotesightError } from '../errors.ts';
import type { LineFile } from '../ports.ts';
import { sleep } from '../sleep.ts';
import { parseLine } from './parse-line.ts';

/** Claims on images being described, so that several programs in a vault describe each image only once. */
export interface Claims {
  /**
   * Waits until no other run has a claim on the image, then claims it. If claims can't be read or written,
   * returns immediately; the image may then be described twice.
   * @param key the image and everything that affects its description
   * @throws NotesightError `cancelled`
   */
  take(key: string, signal: AbortSignal): Promise<Claim>;
}

export interface Claim {
  /** Whether another run had a claim before; its answer may be in the log. */
  readonly wasTaken: boolean;
  release(): Promise<void>;
}

export interface ClaimsOptions {
  /** Identifies this process among those that share the file. */
  readonly process: string;
  /** Whether a process on this computer has ended; false if unknown. */
  readonly hasEnded: (process: string) => boolean;
  /** Milliseconds, as in `Date.now`. */
  readonly now?: () => number;
}

/** Milliseconds: how long a claim is valid, how often it is renewed, and how often other runs check it. */
const HOLDS = 60_000;
const RENEW_EVERY = 15_000;
const LOOK_EVERY = 300;
/** Number of lines from which the file is shortened, and number of lines kept. */
const SHORTEN_AT = 2000;
const KEEP = 500;

const schema = z.object({
  v: z.literal(1),
  claim: z.string(),
  process: z.string(),
  run: z.string(),
  /** End of the claim in milliseconds since 1970; 0 if it was released. */
  until: z.number(),
});

/**
 * Stores claims in a file of lines. A claim belongs to the run whose line comes first. It ends when it is
 * released, when its process ends, or when it is not renewed for a minute.
 */
export function createClaims(file: LineFile, options: ClaimsOptions): Claims {
  const { process, hasEnded, now = Date.now } = options;

  /** Returns the run that holds a key, and whether another run ever did. */
  async function holderOf(
    key: string,
    run: string,
  ): Promise<{ readonly holder: string | null; readonly wasTaken: boolean }> {
    const ends = new Map<string, number>();
    const lines = await file.read();
    if (lines.length >= SHORTEN_AT) await file.rewrite((all) => all.slice(-KEEP));
    const name = JSON.stringify(key);
    // Skips parsing for lines of other images.
    for (const line of lines.filter((each) => each.includes(name))) {
      const { success, data } = schema.safeParse(parseLine(line));
      if (!success || data.claim !== key) continue;
      ends.set(data.run, data.process !== process && hasEnded(data.process) ? 0 : data.until);
    }
    const time = now();
    // Otherwise a clock that is ahead could hold a claim forever.
    const holds = ([, end]: [string, number]) => end > time && end <= time + HOLDS;
    return {
      holder: [...ends].find(holds)?.[0] ?? null,
      wasTaken: [...ends.keys()].some((each) => each !== run),
    };
  }

  return {
    async take(key, signal) {
      const run = crypto.randomUUID();
      const write = (until: number) => file.append(JSON.stringify({ v: 1, claim: key, process, run, until }));
      const renew = () => void write(now() + HOLDS).catch(() => undefined);
      let timer: ReturnType<typeof setInterval> | undefined;
      async function release(): Promise<void> {
        clearInterval(timer);
        await write(0).catch(() => undefined);
      }
      try {
        for (;;) {
          const { holder, wasTaken } = await holderOf(key, run);
          if (holder === run) {
            timer = setInterval(renew, RENEW_EVERY);
            return { wasTaken, release };
          }
          // If another run claims the key at the same time, this run is next.
          if (holder === null) await write(now() + HOLDS);
          else await sleep(LOOK_EVERY, signal);
        }
      } catch (error) {
        if (!(error instanceof NotesightError)) throw error;
        await release();
        if (error.code === 'cancelled') throw error;
        return { wasTaken: false, release: () => Promise.resolve() };
      }
    },
  };
}
