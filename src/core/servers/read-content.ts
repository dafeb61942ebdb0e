/** The parts of a message's content. */
export interface Content {
  readonly text: string;
  readonly thought: string;
  readonly refusal: string;
}

const NOTHING: Content = { text: '', thought: '', refusal: '' };

/**
 * Reads the content of a message: a string, or a list of text, reasoning (Mistral, Anthropic behind a
 * gateway) and refusal parts. Ignores everything else.
 */
export function readContent(content: unknown): Content {
  if (typeof content === 'string') return { ...NOTHING, text: content };
  if (Array.isArray(content)) {
    return content.map(readContent).reduce(
      (all, part) => ({
        text: all.text + part.text,
        thought: all.thought + part.thought,
        refusal: all.refusal + part.refusal,
      }),
      NOTHING,
    );
  }
  if (!isObject(content)) return NOTHING;
  const { type, text, thinking, reasoning, refusal } = content;
  if (typeof type === 'string' && /think|reason/.test(type)) {
    return { ...NOTHING, thought: readContent(thinking ?? reasoning ?? text).text };
  }
  if (type === 'refusal') return { ...NOTHING, refusal: readContent(refusal ?? text).text };
  return { ...NOTHING, text: readContent(text).text };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
