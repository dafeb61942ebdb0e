import { withoutTokens } from '../answer/control-tokens.ts';

const MAX_TAGS = 8;
/** UTF-16 units; anything longer is a sentence, not a tag. */
const MAX_LENGTH = 40;
/** Placeholders that models write instead of a tag. */
const PLACEHOLDER = /^(?:|string|none|null|n\/a|tags?|keywords?)$/;

/** Cleans a model's tags: lower case, without `#`, placeholders, and control tokens, no duplicates, at most eight. */
export function cleanTags(raw: readonly string[]): string[] {
  const tags = raw
    .map((tag) =>
      withoutTokens(tag)
        .replace(/\s+/g, ' ')
        .replace(/^[\s#]+/, '')
        .trim()
        .toLowerCase(),
    )
    .filter((tag) => !PLACEHOLDER.test(tag) && tag.length <= MAX_LENGTH);
  return [...new Set(tags)].slice(0, MAX_TAGS);
}
