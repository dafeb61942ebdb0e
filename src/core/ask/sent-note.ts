import { cutToTokens } from '../text/cut-to-tokens.ts';
import { estimateTokens } from '../text/tokens.ts';
import { fencedLines } from './ask-prompt.ts';

/** The text of a note in a request, after the earlier turns in short form. */
const BLOCK = /^(?:<earlier>\n[\s\S]*?\n<\/earlier>\n)?<note>\n([\s\S]*?)\n<\/note>\n/;
/** Tokens: less of a note is not useful. */
const MIN_NOTE = 40;

/** What is sent: the content of a turn or a preface. */
interface Sent {
  readonly content: string;
}

/**
 * The text of a note for a request.
 * @param tokens its maximum cost
 * @returns '' if there is none, or no room for it
 */
export function cutNote(text: string, tokens: number): string {
  if (text === '' || tokens < MIN_NOTE) return '';
  const around = estimateTokens(block(''));
  return block(cutToTokens(fencedLines(text), Math.floor(tokens) - around));
}

/** The text of the note that was sent, as it was cut; null if there is none. */
export function noteIn({ content }: Sent): string | null {
  return BLOCK.exec(content)?.[1] ?? null;
}

/**
 * What a next turn must add, so that the model has the present text of the note.
 * @param sent what the model gets again, oldest first
 * @returns '' if it has it; null if it has a text that the user no longer includes
 */
export function noteToAdd(text: string, sent: readonly Sent[], tokens: number): string | null {
  const last = sent.map(noteIn).findLast((each) => each !== null) ?? null;
  if (text === '') return last === null ? '' : null;
  return last !== null && isCutOf(last, fencedLines(text)) ? '' : cutNote(text, tokens);
}

function isCutOf(cut: string, text: string): boolean {
  return cut === text || (cut.endsWith('…') && text.startsWith(cut.slice(0, -1)));
}

function block(text: string): string {
  return `<note>\n${text}\n</note>\n`;
}
