import { TOKEN_PATTERN, TURN_PATTERN } from './control-tokens.ts';

/** What a piece of raw output comes to. */
export interface Filtered {
  /** A piece of the answer. */
  readonly text: string;
  /** A piece of the model's reasoning. */
  readonly thought: string;
  /** Whether all that was taken for the answer before this piece turned out to be reasoning. */
  readonly restarts: boolean;
}

const NAMES = '(?:seed:)?(?:think(?:ing)?|thoughts?|reasoning)';

/** What reasoning begins with: most families, Kimi, Magistral, OpenThinker, Cohere, Gemma 4, gpt-oss, MedGemma. */
const OPEN = [
  `<${NAMES}>`,
  '◁think▷|\\[THINK\\]|<\\|(?:begin_of_thought|START_THINKING|think)\\|>',
  '<\\|channel>\\s*thought|<unused94>\\s*thought',
  '<\\|channel\\|>\\s*(?:analysis|commentary)[^<\\n]{0,80}<\\|message\\|>',
].join('|');

/** What it ends with. An answer in tags is told from the rest of the output as if that were reasoning. */
const CLOSE = [
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
    `(?<open>${OPEN})`,
    `(?<close>${CLOSE})`,
    `(?<turn>${TURN_PATTERN})`,
    `(?<token>${TOKEN_PATTERN}|<0x[0-9A-F]{2}>)`,
  ].join('|'),
  'gi',
);

/** What may be the beginning of a mark whose rest is still to come. */
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

/** Tokens that are also HTML: they are taken for tokens only where an answer begins or ends. */
const FIRST = /^\s*(?:<s>\s*)*/i;
const LAST = /(?:<\/s>\s*)+$/i;

/**
 * Divides what a model writes into its answer and its reasoning as it comes, and takes control tokens out of the answer. What
 * stands in code is left as it is, for the question may be about such marks. A lone end of reasoning, as of models whose prompt
 * has the beginning, makes reasoning of all that came before. What comes after the beginning of another turn is dropped.
 */
export class AnswerFilter {
  /** What came, but may be the beginning of a mark. */
  #held = '';
  /** The line at hand up to what is held. */
  #line = '';
  #inThought = false;
  /** The ticks that began the code at hand; '' outside of code. */
  #code = '';
  #isFence = false;
  /** Beginnings of reasoning that stood in code, and whose end does so too. */
  #quoted = 0;
  #hasText = false;
  #isOver = false;

  add(piece: string): Filtered {
    const raw = this.#held + piece;
    const end = UNFINISHED.exec(raw)?.index ?? raw.length;
    this.#held = raw.slice(end);
    return this.#divide(raw.slice(0, end));
  }

  /** What is left when nothing more comes. */
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
        // The byte that the token stands for.
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

  /** In code, an end belongs to the beginning that stands there too; alone on its line, it ends what code was left open. */
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

  /** Keeps track of where code begins and ends. */
  #follow({ ticks, gap, open }: Record<string, string | undefined>, line: string): void {
    if (open !== undefined) this.#quoted++;
    const atStart = /^ {0,3}$/.test(line);
    if (this.#code === '') {
      if (ticks === undefined || (ticks.startsWith('~') && !atStart)) return;
      this.#code = ticks;
      this.#isFence = atStart && ticks.length >= 3;
      return;
    }
    // A span of code ends with as many ticks as it began with, or with its paragraph.
    const isEnd = this.#isFence
      ? atStart && ticks?.startsWith(this.#code) === true
      : gap !== undefined || ticks === this.#code;
    if (!isEnd) return;
    this.#code = '';
    this.#quoted = 0;
  }
}
