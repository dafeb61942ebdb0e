/** A progress line for a long job. */
export interface Progress {
  update(done: number, total: number, what: string): void;
  /** Clears the line, so that the next output starts on an empty line. */
  clear(): void;
}

const BAR_WIDTH = 24;

/** Time left, based on the average so far; '' until one item is done. Takes milliseconds, returns text. */
export function timeLeft(done: number, total: number, elapsedMs: number): string {
  return done === 0 ? '' : `${timeText((elapsedMs / done) * (total - done))} left`;
}

/** `50 s`, `12 min`, `1 h 5 min`. */
export function timeText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A progress bar that redraws itself on a terminal; plain lines elsewhere. */
export function createProgress(stream: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  const start = now();
  let drawn = false;
  let last = '';
  return {
    update(done, total, what) {
      const left = timeLeft(done, total, now() - start);
      if (!stream.isTTY) {
        // Without a terminal, lines can't be redrawn, so print one per item.
        const line = `${done}/${total} ${what}`;
        if (line !== last) stream.write(`${line}\n`);
        last = line;
        return;
      }
      const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      const text = `${bar} ${done}/${total}${left === '' ? '' : `  ${left}`}  ${what}`;
      stream.write(`\r\x1b[2K${fitLine(text, stream.columns)}`);
      drawn = true;
    },
    clear() {
      if (drawn) stream.write('\r\x1b[2K');
      drawn = false;
    },
  };
}

/** Truncates at grapheme boundaries, because a line that wraps can't be redrawn. */
function fitLine(text: string, columns: number): string {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  return characters.length < columns ? text : `${characters.slice(0, Math.max(0, columns - 2)).join('')}…`;
}
