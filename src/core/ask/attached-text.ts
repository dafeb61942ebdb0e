import { cutToTokens } from '../text/cut-to-tokens.ts';
import { estimateTokens } from '../text/tokens.ts';
import { fenced, fencedLines } from './ask-prompt.ts';

/** A text that the user attached to a question: the selection in the note, or another note. */
export interface AttachedText {
  /** The name of the other note; null for the selection. */
  readonly name: string | null;
  readonly text: string;
}

/** Tokens: less of a text is not useful. */
const MIN_TEXT = 24;

/**
 * The attached texts for a request, each cut to its share. A text that the model already has is left out.
 * @param sent the content of what the model gets again, oldest first
 * @param tokens the maximum cost of all
 */
export function attachedTexts(
  texts: readonly AttachedText[],
  sent: readonly { readonly content: string }[],
  tokens: number,
): string {
  const missing = texts.filter((text) => text.text.trim() !== '' && !isSent(text, sent));
  const costs = missing
    .map((text) => ({ text, cost: estimateTokens(block(text)) }))
    .sort((a, b) => a.cost - b.cost);
  const blocks = new Map<AttachedText, string>();
  let free = tokens;
  // The shortest first: what they leave goes to the longer ones.
  for (const [index, { text }] of costs.entries()) {
    const share = Math.floor(free / (costs.length - index)) - estimateTokens(block({ ...text, text: '' }));
    if (share < MIN_TEXT) continue;
    const cut = block({ ...text, text: cutToTokens(fencedLines(text.text), share) });
    blocks.set(text, cut);
    free -= estimateTokens(cut);
  }
  return missing.map((text) => blocks.get(text) ?? '').join('');
}

/** Whether the last text of that name in the request is this one, possibly cut. */
function isSent(text: AttachedText, sent: readonly { readonly content: string }[]): boolean {
  const { open, close } = tags(text);
  const last = sent.findLast(({ content }) => content.includes(open))?.content;
  if (last === undefined) return false;
  const from = last.indexOf(open) + open.length;
  const there = last.slice(from, last.indexOf(close, from));
  const whole = fencedLines(text.text);
  return there === whole || (there.endsWith('…') && whole.startsWith(there.slice(0, -1)));
}

function block(text: AttachedText): string {
  const { open, close } = tags(text);
  return open + fencedLines(text.text) + close;
}

function tags({ name }: AttachedText): { readonly open: string; readonly close: string } {
  return name === null
    ? { open: '<selection>\n', close: '\n</selection>\n' }
    : { open: `<other name="${fenced(name.replaceAll('"', "'"))}">\n`, close: '\n</other>\n' };
}
