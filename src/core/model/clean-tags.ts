const MAX_TAGS = 8;
/** UTF-16 units; a longer one is a sentence and no tag. */
const MAX_LENGTH = 40;

/** A model's tags: lower case, without `#`, each once, at most eight. */
export function cleanTags(raw: readonly string[]): string[] {
  const tags = raw
    .map((tag) =>
      tag
        .replace(/\s+/g, ' ')
        .replace(/^[\s#]+/, '')
        .trim()
        .toLowerCase(),
    )
    .filter((tag) => tag !== '' && tag.length <= MAX_LENGTH);
  return [...new Set(tags)].slice(0, MAX_TAGS);
}
