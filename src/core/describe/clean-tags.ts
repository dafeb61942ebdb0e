import { withoutTokens } from '../answer/control-tokens.ts';

const MAX_TAGS = 8;
/** UTF-16 units; a longer one is a sentence and no tag. */
const MAX_LENGTH = 40;
/** What stands where a tag should be. */
const PLACEHOLDER = /^(?:|string|none|null|n\/a|tags?|keywords?)$/;

/** A model's tags: lower case, without `#`, placeholders and control tokens, each once, at most eight. */
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
