import * as z from 'zod/mini';
import { withFallback } from '../with-fallback.ts';
import { type Branch, type Conversation, isAnswered, type Turn } from './conversation.ts';

const count = z.int().check(z.minimum(0));
const number = z.int().check(z.minimum(1));

const picture = z.object({
  image: number,
  region: z.nullable(z.object({ x: count, y: count, width: number, height: number })),
  fingerprint: z.string(),
  tokens: count,
  // Missing in conversations of earlier versions.
  size: z._default(z.nullable(z.object({ width: count, height: count })), null),
});

const percent = z.number().check(z.minimum(0), z.maximum(100));
const call = z.object({
  name: z.string(),
  arguments: z.string(),
  result: z.string(),
  failed: z.boolean(),
  target: z.object({
    image: z.nullable(number),
    part: z.nullable(z.object({ left: percent, top: percent, right: percent, bottom: percent })),
    words: z.string(),
  }),
});

const turn = z.object({
  question: z.string(),
  answer: z.string(),
  end: z.enum(['done', 'length', 'stopped', 'looped', 'unanswered']),
  content: z.string(),
  pictures: z.array(picture),
  told: z.array(number),
  // Missing in conversations from versions without tools.
  rounds: z._default(z.array(z.object({ text: z.string(), calls: z.array(call), isLast: z.boolean() })), []),
  // Missing in conversations from versions that described all images first.
  missing: z._default(z.array(number), []),
  time: withFallback(
    z.nullable(
      z.object({
        milliseconds: z.number().check(z.minimum(0)),
        generated: z.nullable(
          z.object({ tokens: number, milliseconds: z.nullable(z.number().check(z.positive())) }),
        ),
      }),
    ),
    null,
  ),
});

const path = {
  turns: z.array(turn),
  preface: z.nullable(z.object({ start: count, content: z.string(), told: z.array(number) })),
};

const branch: z.ZodMiniType<Branch> = z.object({
  at: count,
  version: count,
  ...path,
  branches: z.array(z.lazy(() => branch)),
});

// Earlier versions stored no branches and no title.
const schema = z.object({
  title: withFallback(z.string(), ''),
  files: z.array(z.string()),
  ...path,
  branches: withFallback(z.array(branch), []),
});

/** @returns a stored conversation, or null if the value isn't one, or is one from an incompatible version */
export function parseConversation(stored: unknown): Conversation | null {
  const { success, data } = schema.safeParse(stored);
  if (!success) return null;
  const { files, branches } = data;
  const isKnown = [data, ...allBranches(branches)].every(({ turns }) => isWithin(turns, files.length));
  return isKnown && (data.preface?.start ?? 0) <= data.turns.filter(isAnswered).length ? data : null;
}

/** Whether all turns refer only to images of the conversation. */
function isWithin(turns: readonly Turn[], images: number): boolean {
  const named = turns.flatMap(({ pictures, told, rounds, missing }) => [
    ...told,
    ...missing,
    ...pictures.map(({ image }) => image),
    ...rounds.flatMap(({ calls }) => calls.flatMap(({ target }) => target.image ?? [])),
  ]);
  return named.every((image) => image <= images);
}

function allBranches(branches: readonly Branch[]): Branch[] {
  return branches.flatMap((each) => [each, ...allBranches(each.branches)]);
}
