import * as z from 'zod/mini';

const FIELDS = {
  alt: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  decorative: z.boolean(),
  text: z.string(),
};

/**
 * The answer that a model must return. The alt text comes first and the text in the image last: an answer that is cut
 * off loses its end, and most models that go wrong do so in the text.
 */
export const Answer = z.object(FIELDS);

/** The answer to a comparison of two models' descriptions: also lists their contradictions. */
export const Comparison = z.object({ ...FIELDS, disagreements: z.array(z.string()) });

export type Answer = z.infer<typeof Answer>;

const string = { type: 'string' };

/** The same as a JSON schema that the server enforces. Zod's own converter is larger than the core. */
export const ANSWER_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    alt: string,
    description: string,
    tags: { type: 'array', items: string },
    decorative: { type: 'boolean' },
    text: string,
  },
  required: ['alt', 'description', 'tags', 'decorative', 'text'],
  additionalProperties: false,
};

/** The same for a comparison of two models' descriptions. */
export const COMPARISON_SCHEMA = {
  ...ANSWER_SCHEMA,
  properties: { ...ANSWER_SCHEMA.properties, disagreements: { type: 'array', items: string } },
  required: [...ANSWER_SCHEMA.required, 'disagreements'],
};
