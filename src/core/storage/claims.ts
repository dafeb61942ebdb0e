import * as z from 'zod/mini';
import { NotesightError } from '../errors.ts';
import type { LineFile } from '../ports.ts';
import { sleep } from '../sleep.ts';
import { parseLine } from './parse-line.ts';

/** Which images are being described, so that several programs at work in a vault ask about each only once. */
export interface Claims {
  /**
   * Waits while another run describes an image, then claims it. Where claims can't be read or written, it is claimed at
   * once: then it may be described twice.
   * @param key the image, with all that decides what is said of it
   * @throws NotesightError `cancelled`
   */
  take(key: string, signal: AbortSignal): Promise<Claim>;
}

export interface Claim {
  /** Whether another run claimed it before: its answer may be in the log. */
  readonly wasTaken: boolean;
  release(): Promise<void>;
}

export interface ClaimsOptions {
  /** Names this process among those that share the file. */
  readonly process: string;
  /** Whether a process of this machine has ended; false where that can't be told. */
  readonly hasEnded: (process: string) => boolean;
  /** Milliseconds, as `Date.now`. */
  readonly now?: () => number;
}

/** Milliseconds that a claim holds, how often it is renewed, and how often others look whether it still holds. */
const HOLDS = 60_000;
const RENEW_EVERY = 15_000;
const LOOK_EVERY = 300;
/** Lines at which the file is shortened, and how many are kept. */
const SHORTEN_AT = 2000;
const KEEP = 500;

const schema = z.object({
  v: z.literal(1),
  claim: z.string(),
  process: z.string(),
  run: z.string(),
  /** When it ends, in milliseconds since 1970; 0 where it was released. */
  until: z.number(),
});

/**
 * Claims in a file of lines. A claim belongs to the run whose line comes first; it ends when it is released, when its
 * process ends, or when it is not renewed for a minute.
 */
export function createClaims(file: LineFile, options: ClaimsOptions): Claims {
  const { process, hasEnded, now = Date.now } = options;

  /** The run that holds a key, and whether any other than this one ever did. */
  async function holderOf(
    key: string,
    run: string,
  ): Promise<{ readonly holder: string | null; readonly wasTaken: boolean }> {
    const ends = new Map<string, number>();
    const lines = await file.read();
    if (lines.length >= SHORTEN_AT) await file.rewrite((all) => all.slice(-KEEP));
    const name = JSON.stringify(key);
    // Most lines are of other images, and need no parsing.
    for (const line of lines.filter((each) => each.includes(name))) {
      const { success, data } = schema.safeParse(parseLine(line));
      if (!success || data.claim !== key) continue;
      ends.set(data.run, data.process !== process && hasEnded(data.process) ? 0 : data.until);
    }
    const time = now();
    // A clock that is ahead must not hold a claim for ever.
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
          // Where another run claims it in the same moment, this one is next.
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
