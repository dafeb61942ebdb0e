import { isCancelled, NotesightError } from '../../errors.ts';
import { explain } from '../../messages/explain.ts';
import type { ToolCall } from '../../model/chat-model.ts';
import { MAX_ARGUMENTS } from '../../model/tool-arguments.ts';
import { withTimeLimit } from '../../with-time-limit.ts';
import type { AskTool, CallTarget, PreparedCall } from './ask-tools.ts';

/** How much may be called for one question. */
export interface CallLimits {
  /** Calls, those that fail too: a model that needs more is lost, and each costs a reading of its result. */
  readonly calls: number;
  /** Milliseconds for one: to look takes a slow machine minutes. */
  readonly callTime: number;
  /** Milliseconds for all together: who asks waits for an answer. */
  readonly totalTime: number;
}

export const CALL_LIMITS: CallLimits = { calls: 8, callTime: 3 * 60_000, totalTime: 5 * 60_000 };

/** What came of a call. */
export interface CallResult {
  /** In words for the model. */
  readonly result: string;
  readonly failed: boolean;
}

/** A call that was checked and can be carried out. */
export interface CheckedCall extends ToolCall {
  readonly target: CallTarget;
  /** It never fails but where somebody stops it. @throws NotesightError `cancelled` */
  readonly run: (signal: AbortSignal) => Promise<CallResult>;
}

/** Carries out the calls for one question. */
export interface ToolCaller {
  /** Whether there may be no more calls. */
  readonly isSpent: boolean;
  check(call: ToolCall): CheckedCall;
}

/** UTF-16 units of what a model wrote that is kept where it makes no sense. */
const MAX_NONSENSE = 80;
const NO_TARGET: CallTarget = { image: null, part: null, words: '' };

export function createToolCaller(tools: readonly AskTool[], limits: CallLimits): ToolCaller {
  /** What the same call came to before. */
  const known = new Map<string, CallResult>();
  let calls = 0;
  let time = 0;

  async function carryOut(key: string, run: PreparedCall['run'], signal: AbortSignal): Promise<CallResult> {
    const before = known.get(key);
    if (before !== undefined) return before;
    const left = Math.min(limits.callTime, limits.totalTime - time);
    if (left <= 0) return { result: 'There is no time left for this.', failed: true };
    const tooLong = new NotesightError('server_timeout', 'the call takes too long');
    const begun = Date.now();
    let least = 0;
    let done: CallResult;
    try {
      done = { result: await withTimeLimit(signal, left, tooLong, run), failed: false };
    } catch (error) {
      if (!(error instanceof NotesightError) || (isCancelled(error) && signal.aborted)) throw error;
      if (error === tooLong) least = left;
      const why = error === tooLong ? 'It took too long and was stopped.' : explain(error, 'en').message;
      done = { result: `It failed: ${why}`, failed: true };
    } finally {
      time += Math.max(least, Date.now() - begun);
    }
    known.set(key, done);
    return done;
  }

  return {
    get isSpent() {
      return calls >= limits.calls || time >= limits.totalTime;
    },
    check({ name, arguments: written }) {
      calls++;
      const refused = (why: string): CheckedCall => ({
        name: cut(name),
        arguments: cut(written),
        target: NO_TARGET,
        run: () => Promise.resolve({ result: why, failed: true }),
      });
      const tool = tools.find(({ offer }) => offer.name === name.trim());
      if (tool === undefined) {
        const names = tools.map(({ offer }) => offer.name).join(', ');
        return refused(`There is no tool of that name. There are: ${names}.`);
      }
      if (written.length > MAX_ARGUMENTS) return refused('The arguments are too long.');
      const args = parse(written);
      if (args === undefined) return refused('The arguments are no JSON.');
      const prepared = tool.prepare(args);
      if (typeof prepared === 'string') return refused(prepared);
      const key = JSON.stringify([tool.offer.name, prepared.target]);
      return {
        name: tool.offer.name,
        arguments: argumentsOf(prepared.target),
        target: prepared.target,
        run: (signal) => carryOut(key, prepared.run, signal),
      };
    },
  };
}

/** As they were understood: what else a model wrote is not worth sending back to it. */
function argumentsOf({ image, part, words }: CallTarget): string {
  return JSON.stringify({
    ...(image !== null && { image }),
    ...part,
    ...(words !== '' && (image === null ? { query: words } : { question: words })),
  });
}

const cut = (text: string): string => text.slice(0, MAX_NONSENSE).replace(/[\ud800-\udbff]$/, '');

/** A few servers hand arguments on as JSON in JSON, and none at all as ''. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}
