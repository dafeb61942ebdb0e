import { jsonExtent } from '../../answer/json-extent.ts';
import { NotesightError } from '../../errors.ts';
import type { ChatEnd, Generated, ToolCall } from '../../model/chat-model.ts';
import type { Subject } from '../http/server-error-body.ts';
import { CallAssembler } from './call-assembler.ts';
import { END } from './event-reader.ts';
import { notOpenAi } from './openai-error.ts';
import type { ChoicePart } from './read-choice.ts';

/** Assembles an answer from its parts and determines whether it is complete. */
export class AnswerSoFar {
  readonly #asksForJson: boolean;
  readonly #calls = new CallAssembler();
  #text = '';
  #thought = '';
  #refusal = '';
  #finish = '';
  #began = false;
  #isMarkedWhole = false;
  /** As reported last; null if the server does not report it. */
  generated: Generated | null = null;

  constructor(asksForJson: boolean) {
    this.#asksForJson = asksForJson;
  }

  /** Whether the server marked the end of the answer. */
  get isOver(): boolean {
    return this.#finish !== '' || this.#isMarkedWhole;
  }

  get calls(): ToolCall[] {
    return this.#calls.whole();
  }

  /** @returns the new text and reasoning */
  add(part: ChoicePart | typeof END): { readonly text: string; readonly thought: string } {
    if (part === END) {
      this.#isMarkedWhole = true;
      return { text: '', thought: '' };
    }
    this.#began = true;
    const text = part.isWhole ? newIn(part.text, this.#text) : part.text;
    const thought = part.isWhole ? newIn(part.thought, this.#thought) : part.thought;
    this.#text += text;
    this.#thought += thought;
    this.#refusal += part.refusal;
    if (!part.isWhole || this.#calls.isEmpty) this.#calls.add(part.calls);
    this.generated = part.generated ?? this.generated;
    if (part.finish !== '') this.#finish = part.finish;
    return { text, thought };
  }

  /**
   * Returns why the answer ended. If the server sends no reason, the answer is complete if `[DONE]` followed
   * it or if it is closed JSON as requested. JSON that is not closed is truncated, even before `[DONE]`.
   * @throws NotesightError `model_refused`; `server_crashed` for a truncated answer; `server_error` if there
   * is none
   */
  end(subject: Subject): ChatEnd {
    if (!this.#began) throw notOpenAi(subject, 'no event came');
    if (this.#refusal !== '' || REFUSED.test(this.#finish)) {
      const detail = this.#refusal || this.#finish.replaceAll('_', ' ').toLowerCase();
      throw new NotesightError('model_refused', `The model refused: ${detail}`, {
        data: { ...subject, detail },
      });
    }
    if (BROKEN.test(this.#finish)) throw brokenOff(subject, this.#finish);
    if (this.#finish !== '') return LENGTH.test(this.#finish) ? 'length' : 'done';
    const extent = this.#asksForJson ? jsonExtent(this.#text || this.#thought) : 'none';
    if (extent === 'closed' || (extent === 'none' && this.#isMarkedWhole)) return 'done';
    throw brokenOff(subject, 'The answer ended in the middle.');
  }
}

/**
 * Finish reasons, including those of other APIs: `max_tokens`, `MAX_TOKENS`, `model_length`, `SAFETY`,
 * `abort`.
 */
const LENGTH = /length|max_?(?:output_?)?tokens/i;
const REFUSED = /filter|safety|refus|prohibit|blocklist|recitation/i;
const BROKEN = /error|abort|cancel|insufficient/i;

function brokenOff(subject: Subject, detail: string): NotesightError {
  return new NotesightError('server_crashed', detail, { data: { ...subject, detail } });
}

/** Returns the new part of a text: some servers repeat the text so far in every event or in the last one. */
function newIn(whole: string, before: string): string {
  return whole.startsWith(before) ? whole.slice(before.length) : whole;
}
