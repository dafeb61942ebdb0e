import { isCancelled, NotesightError } from '../../errors.ts';
import { explain } from '../../messages/explain.ts';
import type { ToolCall } from '../../model/chat-model.ts';
import { MAX_ARGUMENTS } from '../../model/tool-arguments.ts';
import { withTimeLimit } from '../../with-time-limit.ts';
import type { AskTool, CallTarget, PreparedCall } from './ask-tools.ts';

/** Limits for the calls for one question. */
export interface CallLimits {
  /**
   * The maximum number of calls, including failed ones. A model that needs more is unlikely to succeed, and each call
   * costs a request.
   */
  readonly calls: number;
  /** Milliseconds for one call: analyzing an image takes minutes on a slow machine. */
  readonly callTime: number;
  /** Milliseconds for all calls together, since the user is waiting for an answer. */
  readonly totalTime: number;
}

export const CALL_LIMITS: CallLimits = { calls: 8, callTime: 3 * 60_000, totalTime: 5 * 60_000 };

/** The result of a call. */
export interface CallResult {
  /** As text for the model. */
  readonly result: string;
  readonly failed: boolean;
}

/** A call that was checked and can be run. */
export interface CheckedCall extends ToolCall {
  readonly target: CallTarget;
  /**
   * Rejects only if it is stopped.
   * @throws NotesightError `cancelled`
   */
  readonly run: (signal: AbortSignal) => Promise<CallResult>;
}

/** Runs the calls for one question. */
export interface ToolCaller {
  /** Whether no more calls are allowed. */
  readonly isSpent: boolean;
  check(call: ToolCall): CheckedCall;
}

/** UTF-16 units to keep of arguments that are invalid. */
const MAX_INVALID = 80;
const NO_TARGET: CallTarget = { image: null, part: null, words: '' };

export function createToolCaller(tools: readonly AskTool[], limits: CallLimits): ToolCaller {
  /** The results of earlier calls, by call. */
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

/** The arguments as they were understood, without anything else that the model wrote. */
function argumentsOf({ image, part, words }: CallTarget): string {
  return JSON.stringify({
    ...(image !== null && { image }),
    ...part,
    ...(words !== '' && (image === null ? { query: words } : { question: words })),
  });
}

function cut(text: string): string {
  return text.slice(0, MAX_INVALID).replace(/[\ud800-\udbff]$/, '');
}

/** Some servers send arguments as JSON within JSON, and missing arguments as ''. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}
