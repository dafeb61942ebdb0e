import { TOKEN_PATTERN, TURN_PATTERN } from './control-tokens.ts';

/** The result of filtering a piece of raw output. */
export interface Filtered {
  /** A piece of the answer. */
  readonly text: string;
  /** A piece of the model's reasoning. */
  readonly thought: string;
  /** Whether everything that counted as the answer before this piece turned out to be reasoning. */
  readonly restarts: boolean;
}

const NAMES = '(?:seed:)?(?:think(?:ing)?|thoughts?|reasoning)';

/** Opening markers of reasoning: most families, Kimi, Magistral, OpenThinker, Cohere, Gemma 4, gpt-oss, MedGemma. */
const OPENING = [
  `<${NAMES}>`,
  '◁think▷|\\[THINK\\]|<\\|(?:begin_of_thought|START_THINKING|think)\\|>',
  '<\\|channel>\\s*thought|<unused94>\\s*thought',
  '<\\|channel\\|>\\s*(?:analysis|commentary)[^<\\n]{0,80}<\\|message\\|>',
].join('|');

/** Closing markers. The text before an answer in tags counts as reasoning, so its opening tag is one of them. */
const CLOSING = [
  `</${NAMES}>`,
  '◁/think▷|\\[/THINK\\]|<\\|(?:end_of_thought|END_THINKING|/think)\\|>',
  '<channel\\|>|<unused95>',
  '<\\|channel\\|>\\s*final[^<\\n]{0,80}<\\|message\\|>',
  '<(?:final_)?answer>',
].join('|');

const MARK = new RegExp(
  [
    '(?<ticks>`+|~{3,})',
    '(?<gap>\\n[ \\t]*\\n)',
    `(?<open>${OPENING})`,
    `(?<close>${CLOSING})`,
    `(?<turn>${TURN_PATTERN})`,
    `(?<token>${TOKEN_PATTERN}|<0x[0-9A-F]{2}>)`,
  ].join('|'),
  'gi',
);

/** A possible beginning of a marker whose rest is still to come. */
const UNFINISHED = new RegExp(
  [
    '(?:<\\|channel\\|?>|<unused94>|<\\|im_start\\|>|<start_of_turn>|<\\|turn>|<\\|start(?:_header_id)?\\|>)[^<\\n]{0,80}(?:<[^<>\\n]{0,60})?$',
    '<(?:[|｜/\\w:][^<>\\n]{0,60})?$',
    '◁[^▷\\n]{0,10}$',
    '\\[[^\\][\\n]{0,20}$',
    '(?:\\n[ \\t]*)?[`~]+$',
    '(?:\\n[ \\t]*){1,8}$',
    '(?:</s>\\s*)+$',
  ].join('|'),
  'i',
);

/** Tokens that are also HTML: they count as tokens only at the beginning or end of an answer. */
const FIRST = /^\s*(?:<s>\s*)*/i;
const LAST = /(?:<\/s>\s*)+$/i;

/**
 * Splits a model's output into answer and reasoning as it streams in, and removes control tokens from the answer.
 * Code is left unchanged, since the question may be about such markers. A closing marker without an opening one, as
 * from models whose prompt contains the opening one, turns everything before it into reasoning. Everything after the
 * beginning of another turn is dropped.
 */
export class AnswerFilter {
  /** Text that may be the beginning of a marker. */
  #held = '';
  /** The current line up to `#held`. */
  #line = '';
  #inThought = false;
  /** The backticks that opened the current code; '' outside of code. */
  #code = '';
  #isFence = false;
  /** Opening markers inside code; their closing markers are in the code, too. */
  #quoted = 0;
  #hasText = false;
  #isOver = false;

  add(piece: string): Filtered {
    const raw = this.#held + piece;
    const end = UNFINISHED.exec(raw)?.index ?? raw.length;
    this.#held = raw.slice(end);
    return this.#divide(raw.slice(0, end));
  }

  /** Returns the rest after the last piece. */
  end(): Filtered {
    const rest = this.#held;
    this.#held = '';
    return this.#divide(this.#inThought ? rest : rest.replace(LAST, ''));
  }

  #divide(raw: string): Filtered {
    let text = '';
    let thought = '';
    let restarts = false;
    let done = 0;
    const take = (to: number): void => {
      const piece = raw.slice(done, to);
      if (this.#inThought) thought += piece;
      else if (!this.#isOver) text += this.#hasText || text !== '' ? piece : piece.replace(FIRST, '');
      done = to;
    };
    for (const { 0: mark, index, groups = {} } of raw.matchAll(MARK)) {
      const isEnd = groups['close'] !== undefined;
      if (this.#inThought ? isEnd : isEnd && this.#endsThought(raw, index, mark)) {
        take(index);
        if (!this.#inThought) {
          thought = text + thought;
          text = '';
          restarts ||= this.#hasText;
        }
        this.#inThought = this.#hasText = this.#isOver = false;
        this.#code = '';
        done = index + mark.length;
      } else if (this.#inThought) {
        continue;
      } else if (this.#code !== '' || groups['gap'] !== undefined || groups['ticks'] !== undefined) {
        this.#follow(groups, this.#lineUpTo(raw, index));
      } else {
        take(index);
        if (groups['open'] !== undefined) this.#inThought = true;
        else if (groups['turn'] !== undefined && (this.#hasText || text.trim() !== '')) this.#isOver = true;
        // The byte that the token represents.
        else if (mark.toLowerCase() === '<0x0a>') text += '\n';
        done = index + mark.length;
      }
    }
    take(raw.length);
    this.#hasText ||= text !== '';
    this.#line = this.#lineUpTo(raw, raw.length);
    return { text, thought, restarts };
  }

  #lineUpTo(raw: string, index: number): string {
    const from = index === 0 ? -1 : raw.lastIndexOf('\n', index - 1);
    return from < 0 ? this.#line + raw.slice(0, index) : raw.slice(from + 1, index);
  }

  /**
   * In code, a closing marker belongs to an opening one in the same code. Alone on its line, it ends unclosed code.
   */
  #endsThought(raw: string, index: number, mark: string): boolean {
    if (this.#code === '') return true;
    if (this.#quoted > 0) {
      this.#quoted--;
      return false;
    }
    const isAlone =
      this.#lineUpTo(raw, index).trim() === '' && /^[^\S\n]*(?:\n|$)/.test(raw.slice(index + mark.length));
    return this.#isFence && isAlone && mark.startsWith('</');
  }

  /** Tracks where code begins and ends. */
  #follow({ ticks, gap, open }: Record<string, string | undefined>, line: string): void {
    if (open !== undefined) this.#quoted++;
    const atStart = /^ {0,3}$/.test(line);
    if (this.#code === '') {
      if (ticks === undefined || (ticks.startsWith('~') && !atStart)) return;
      this.#code = ticks;
      this.#isFence = atStart && ticks.length >= 3;
      return;
    }
    // An inline code span ends with as many backticks as it began with, or with its paragraph.
    const isEnd = this.#isFence
      ? atStart && ticks?.startsWith(this.#code) === true
      : gap !== undefined || ticks === this.#code;
    if (!isEnd) return;
    this.#code = '';
    this.#quoted = 0;
  }
}
