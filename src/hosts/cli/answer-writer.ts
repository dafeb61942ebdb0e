import process from 'node:process';
import { print, say } from './output.ts';
import { plainText } from './plain-text.ts';

/** Writes an answer to standard output. */
export interface AnswerWriter {
  add(text: string): void;
  /** Discards the text written so far. */
  restart(): void;
  /** Ends the answer and its line. */
  end(): void;
}

/**
 * Streams the answer on a terminal; elsewhere writes it when complete, because written output can't be discarded
 * there.
 */
export function createAnswerWriter(): AnswerWriter {
  const isLive = process.stdout.isTTY;
  let held = '';
  let isMidLine = false;
  return {
    add(text) {
      if (text === '') return;
      if (isLive) process.stdout.write(plainText(text));
      else held += text;
      isMidLine = !text.endsWith('\n');
    },
    restart() {
      held = '';
      if (isLive) {
        if (isMidLine) print('');
        say('The text above was reasoning, not the answer.');
      }
      isMidLine = false;
    },
    end() {
      process.stdout.write(plainText(held));
      held = '';
      if (isMidLine) print('');
      isMidLine = false;
    },
  };
}
